"""The script of the live figures: modules joined into one scope, small, and all of it needed."""

import gzip
import re
from importlib.resources import files

import pytest
from minified import minified_block

from klhelpers.live.assets import live_block, source, style, widget_module

LIMIT = 25_000  # bytes, gzipped, for all live figures of the book
MODULES = sorted(path.name[:-3] for path in files("klhelpers.live").joinpath("js").iterdir())
IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+)\.js";$', re.MULTILINE)
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|var|class|function\*?) +(\w+|\{[^}]*\}|\[[^\]]*\])",
    re.MULTILINE,
)


def in_script(block):
    return block.partition('<script type="module">')[2].removesuffix("</script>")


def page_script():
    return in_script(live_block())


def declared(text):
    """Names at the top level: declarations that are not indented."""
    return [name for found in DECLARED.findall(text) for name in re.findall(r"\w+", found)]


SCRIPTS = {"page": page_script, "widget": widget_module}
SHIPPED = SCRIPTS | {"shortened": lambda: in_script(minified_block())}


@pytest.mark.parametrize("home", SCRIPTS)
def test_no_name_is_declared_twice(home):
    names = declared(SCRIPTS[home]())
    assert len(names) > 50
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("home", SCRIPTS)
def test_no_import_and_no_export_is_left(home):
    text = SCRIPTS[home]()
    if home == "widget":
        text = text.removesuffix("export default { render };\n")
        assert text != widget_module()
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert "import(" not in text and "</script" not in text and "<!--" not in text


@pytest.mark.parametrize("name", MODULES)
def test_imports_and_exports_stand_at_the_start_of_a_line_of_their_own(name):
    text = source(name)
    for word in ("import", "export"):
        lines = [line for line in text.splitlines() if re.match(rf"\s*{word}\b", line)]
        assert all(line.startswith(word) for line in lines)
    assert len(IMPORT.findall(text)) == len(re.findall(r"^import\b", text, re.MULTILINE))
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("name", MODULES)
def test_what_is_imported_exists_and_is_used(name):
    text = source(name)
    body = IMPORT.sub("", text)
    for names, other in IMPORT.findall(text):
        for imported in names.split(", "):
            assert imported in exported(other), f"{other}.js has no {imported}"
            assert re.search(rf"\b{imported}\b", body), f"{name}.js does not use {imported}"


def exported(name):
    return declared("\n".join(re.findall(r"^export (.*)$", source(name), re.MULTILINE)))


def test_all_that_is_declared_is_used():
    """By another part of the scripts; what is there for tests alone would be dead weight."""
    texts = {name: source(name) for name in MODULES}
    everything = "\n".join(texts.values())
    unused = []
    for name, text in texts.items():
        for one in declared(text):
            uses = len(re.findall(rf"\b{re.escape(one)}\b", IMPORT.sub("", everything)))
            if uses < 2 and (name, one) != ("widget", "render"):
                unused.append(f"{name}.js: {one}")
    assert unused == []


def test_all_modules_are_on_the_page_or_in_the_widget():
    for name in set(MODULES) - {"page", "widget"}:
        first = declared(source(name))[0]
        for script in SCRIPTS.values():
            assert first in declared(script()), name


def test_every_class_of_the_style_sheet_occurs_in_a_script_or_in_python():
    python = "".join(
        p.read_text() for p in files("klhelpers.live").iterdir() if p.name[-3:] == ".py"
    )
    scripts = "".join(map(source, MODULES)) + python
    made = {f"kl-{x}" for x in ("p", "q", "reverse", "forward", "level0", "level1", "level2")}
    classes = set(re.findall(r"\.(kl-[\w-]+)", style()))
    assert {name for name in classes if name not in made and name not in scripts} == set()


def test_the_whole_is_small():
    size = len(gzip.compress(minified_block().encode(), 9, mtime=0))
    assert size <= LIMIT
    assert live_block() == live_block() and live_block().count("<script") == 1


@pytest.mark.parametrize("home", SHIPPED)
def test_the_scripts_can_be_loaded_as_modules(browser, home):
    """A syntax error or a name that is declared twice would stop all figures."""
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate(
        """text => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))
          .then((module) => { window.names = Object.keys(module); })""",
        SHIPPED[home](),
    )
    assert page.evaluate("names") == (["default"] if home == "widget" else [])
    assert errors == []
    page.close()
