"""Every command in the documents is run by something, or it is said why it is not."""

import re
import shlex
import shutil
import subprocess
from functools import cache

import pytest
import yaml
from commands import COMMANDS, ByHand, ByRecipe, ByScript, ByTest, ByWorkflow
from tiny_book import ROOT

PROGRAM = re.compile(
    r"(?:[A-Z_]+=\S+ +)*"  # variables
    r"(?:cd \S+ && )?"
    r"(?:(?:make|pip|python3?|pytest|jupyter|jupyter-book|pyenv|git|apt-get|uv|bash|sh) .+"
    r"|(?:\.\./)?\.venv[\w-]*/bin/\w+.*|\.ci/run)"
)
FENCED = re.compile(
    r"^(?P<fence>`{3,})(?P<language>[^\n]*)\n(?P<body>.*?)^(?P=fence)$", re.S | re.M
)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
RULE = re.compile(r"^([a-z][\w -]*):(?: test-%:)?(?: (.*))?$", re.MULTILINE)
ROWS = [
    pytest.param(document, command, how, id=f"{document}: {command}")
    for document, rows in COMMANDS.items()
    for command, how in rows.items()
]
MAKES = sorted({row.values[1] for row in ROWS if re.search(r"\bmake\b", row.values[1])})


def commands(text):
    """Return the commands of a Markdown text: lines of blocks without a language, and inline."""
    lines = [
        line.partition("  #")[0]
        for block in FENCED.finditer(text)
        if block["language"] in ("", "sh", "console", "bash")
        for line in block["body"].splitlines()
    ]
    found = [*lines, *INLINE.findall(FENCED.sub("", text))]
    return {line.strip() for line in found if PROGRAM.fullmatch(line.strip())}


@cache
def prerequisites():
    """Return the prerequisites of each target of the Makefile."""
    text = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    needed = {}
    for targets, needs in RULE.findall(text):
        for target in targets.split():
            needed.setdefault(target, set()).update(needs.split())
    return needed


@cache
def steps():
    """Return the commands of the workflows, those of `.ci/run` included."""
    paths = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    workflows = [yaml.safe_load(path.read_text("utf-8")) for path in paths]
    jobs = [job for workflow in workflows for job in workflow["jobs"].values()]
    lines = [
        line.strip()
        for job in jobs
        for step in job.get("steps", [])
        for line in step.get("run", "").splitlines()
    ]
    if ".ci/run" in lines:
        lines += (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    return lines


def targets(line):
    """Return the targets of a call of make."""
    words = line.partition("#")[0].split()
    called = words[words.index("make") + 1 :] if "make" in words else []
    return {word for word in called if re.fullmatch(r"[\w-]+", word)}


@cache
def run_by_workflows():
    """Return all targets that workflows make, directly or because another needs them."""
    needed, found = prerequisites(), set()
    todo = {target for line in steps() for target in targets(line)}
    while todo:
        target = todo.pop()
        found.add(target)
        todo |= needed.get(target, set()) - found
    return found


@pytest.mark.parametrize("document", COMMANDS)
def test_every_command_has_a_row_and_every_row_a_command(document):
    assert commands((ROOT / document).read_text("utf-8")) == set(COMMANDS[document])


@pytest.mark.parametrize(("document", "command", "how"), ROWS)
def test_it_is_run_as_the_row_says(document, command, how):
    if isinstance(how, ByWorkflow):
        assert command in steps() or (targets(command) and targets(command) <= run_by_workflows())
    elif isinstance(how, ByRecipe):
        printed = subprocess.run(
            ["make", "-n", how.target], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        assert how.text in printed
        assert how.target in run_by_workflows() or how.target == "bench"
    elif isinstance(how, ByTest):
        text = (ROOT / how.file).read_text("utf-8")
        assert re.search(rf"^def {how.function}\(", text, re.MULTILINE)
    elif isinstance(how, ByScript):
        assert how.text in (ROOT / how.file).read_text("utf-8")
        recipe = (ROOT / "Makefile").read_text("utf-8").split(f"\n{how.target}:")[1]
        assert how.file in recipe.split("\n\n")[0]
    else:
        assert isinstance(how, ByHand) and how.reason
        assert not targets(command) & run_by_workflows(), "a workflow runs it"


@pytest.mark.parametrize(("document", "command", "how"), ROWS)
def test_files_of_a_command_exist(document, command, how):
    folder = (ROOT / document).parent if document.endswith("README.md") else ROOT
    if document == "klhelpers/README.md":
        folder = ROOT  # its commands are for the folder of the notes
    words = shlex.split(command)
    if words[0] == "cd":
        folder /= words[1]
    for word in words:
        path = word.rpartition("=")[2].partition("[")[0]
        if "/" in path and not re.match(r"/path/|https:|(\.\./)?\.venv", path):
            assert (folder / path).exists(), path


@pytest.mark.parametrize("command", MAKES)
def test_make_knows_the_target(command):
    dry = re.sub(r"\bmake\b", "make --dry-run", command)
    done = subprocess.run(dry, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_all_targets_are_in_the_help_and_in_contributing():
    """The help leaves out parts of `make test`."""
    help_text = subprocess.run(
        ["make"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    listed = {target for line in help_text.splitlines() for target in targets(line[:24])}
    phony = prerequisites_of_phony()
    hidden = {"help", "uv", "chromium", "epubcheck", "python"}
    public = {name for name in phony if not name.startswith("environment")} - hidden
    assert public - prerequisites()["test"] == listed - prerequisites()["test"]
    assert {f"make {name}" for name in public} <= set(COMMANDS["CONTRIBUTING.md"])


def prerequisites_of_phony():
    """Return the names of all targets that are no files."""
    text = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    return {name for line in re.findall(r"^\.PHONY:(.*)$", text, re.M) for name in line.split()}


def test_commands_are_found_and_other_code_is_not():
    text = (
        "`make a`, `make`, `b.py`, `kl.make x`\n\n"
        "```\nmake c   # d\npip install .[e]\n  words\n```\n"
        "```python\nmake f\n```\n`A=1 make g`, `cd h && ../.venv-i/bin/python j`, `.ci/run`"
    )
    assert commands(text) == {
        "make a", "make c", "pip install .[e]", "A=1 make g",
        "cd h && ../.venv-i/bin/python j", ".ci/run",
    }  # fmt: skip


def test_workflows_make_what_their_targets_need():
    assert {"test-book", "book", "environment", "test-vectorplayer"} <= run_by_workflows()
    assert not {"matrix", "clean", "bench"} & run_by_workflows()


def test_style_of_the_code():
    """`make check` finds nothing, and so `ruff format .` changes nothing."""
    done = subprocess.run(
        ["make", "--assume-old=environment", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_clean_removes_what_was_built_and_nothing_else(tmp_path):
    kept = {"Makefile", "README.md", "vectorplayer/a.py", "klhelpers/b.py"}
    built = {
        "_build/html/index.html", "dist/a.whl", ".venv/c", ".venv-dist/d", ".pytest_cache/e",
        "klhelpers/__pycache__/b.pyc", "vectorplayer/.mypy_cache/f",
    }  # fmt: skip
    for name in kept | built:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == kept
