"""The modules of the scripts, each by itself: in Node, or in Chromium where it needs a page.

`*.test.mjs` runs in Node and `*.page.mjs` in Chromium, where `in_page/` stands for Node's modules
of the same names.  Both import the real files.  What a module exports must be imported by a test.
"""

import mimetypes
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from formulas import node

from klhelpers.live.assets import source

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = ROOT / "klhelpers" / "live" / "js"
SCRIPTS = [
    *sorted((ROOT / "klhelpers" / "questions").glob("*.js")),
    *sorted((ROOT / "vectorplayer" / "src" / "vectorplayer" / "assets").glob("*.js")),
]
HOST = "http://localhost:1/"  # where no server is: every answer comes from a file
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>{style}</style><script type="importmap">{{"imports": {{
  "node:test": "/tests/js/in_page/test.mjs",
  "node:assert/strict": "/tests/js/in_page/assert.mjs",
  "node:fs/promises": "/tests/js/in_page/files.mjs"
}}}}</script><body></body>"""

EXPORTED = re.compile(r"^export (?:const|let|class|function\*?) (\w+)", re.MULTILINE)
DECLARED = re.compile(r"^(?:class|function\*?) (\w+)|^const ([a-z]\w+) = (?:\(|\{$)", re.M)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "[^"]*/live/js/(\w+)\.js";', re.MULTILINE)
LOADED = re.compile(r"^const \{([^}]*)\} = await load\(", re.MULTILINE)


def files(kind):
    return sorted(path.name for path in HERE.glob(f"*.{kind}.mjs"))


def report(failures):
    return "\n".join(f"{name}: {why}" for name, why in failures)


@pytest.mark.parametrize("name", files("test"))
def test_in_node(name):
    run = subprocess.run(
        [node(), "--test", "--test-reporter=junit", str(HERE / name)],
        capture_output=True,
        encoding="utf-8",
    )
    cases = list(ElementTree.fromstring(run.stdout).iter("testcase"))
    failed = [(case.get("name"), found.text) for case in cases for found in case.iter("failure")]
    assert not failed, report(failed)
    assert run.returncode == 0 and cases, run.stdout + run.stderr


def answer(route):
    """Answer with a file of the repository, or with the rules, which are made of a JSON file."""
    path = route.request.url.removeprefix(HOST)
    if path == "":
        style = (MODULES.parent / "live.css").read_text("utf-8")
        route.fulfill(content_type="text/html", body=PAGE.format(style=style))
    elif path.endswith("/rules.js"):
        route.fulfill(content_type="text/javascript", body=source("rules"))
    else:
        kind = "text/javascript" if path.endswith("mjs") else mimetypes.guess_type(path)[0]
        route.fulfill(content_type=kind, body=(ROOT / path).read_bytes())


@pytest.mark.parametrize("name", files("page"))
def test_in_a_page(name, new_page):
    page = new_page()
    page.route(HOST + "**", answer)
    page.goto(HOST)
    results = page.evaluate(
        "async (name) => { await import(`/tests/js/${name}`);"
        " return (await import('node:test')).results(); }",
        name,
    )
    failed = [(case, why) for case, why in results if why]
    assert not failed, report(failed)
    assert results


def names(text):
    return {re.split(r"\s+as\s+|:", name.strip())[0] for name in text.split(",") if name.strip()}


def test_every_export_of_a_module_has_a_test():
    exported = {
        (path.stem, name)
        for path in MODULES.glob("*.js")
        for name in EXPORTED.findall(path.read_text("utf-8"))
    }
    tested = {
        (module, name)
        for path in HERE.glob("*.mjs")
        for listed, module in IMPORTED.findall(path.read_text("utf-8"))
        for name in names(listed)
    }
    assert len(exported) > 80
    assert exported - tested == set()


def test_every_function_of_the_other_scripts_has_a_test():
    declared = {
        (one or other)
        for path in SCRIPTS
        for one, other in DECLARED.findall(path.read_text("utf-8"))
    }
    tested = {
        name
        for path in HERE.glob("*.mjs")
        for listed in LOADED.findall(path.read_text("utf-8"))
        for name in names(listed)
    }
    assert len(declared) > 20
    assert declared - tested == set()
