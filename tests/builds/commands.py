"""How each command that the documents give is run, or why it is not.

`test_commands.py` compares this table with the documents: a command without a row fails, and so
does a row without a command, or one that says what is not so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ByWorkflow:
    """A step of a workflow runs the command, or a target that includes its target."""


@dataclass(frozen=True)
class ByRecipe:
    """The recipe of a target that a workflow runs holds a text, which does the same."""

    target: str
    text: str


@dataclass(frozen=True)
class ByTest:
    """A test runs the same: its file, and its function."""

    file: str
    function: str


@dataclass(frozen=True)
class ByScript:
    """A script runs the same: a text in it, and the target that calls it."""

    file: str
    text: str
    target: str


@dataclass(frozen=True)
class ByHand:
    """Nothing runs it but a person, for a reason."""

    reason: str


PARALLEL = "tests/builds/test_parallel_execution.py"
ENVIRONMENT = "tests/builds/test_environment.py"
HERE = "tests/builds/test_commands.py"

COMMANDS = {
    "README.md": {
        "make book": ByWorkflow(),
        "make test": ByWorkflow(),
        "make pdf": ByHand("before a release"),
        "make epub": ByHand("before a release"),
        "make lab": ByTest(
            "tests/lab/conftest.py", "lab"
        ),  # the same server with the same settings
        "pip install ./vectorplayer .": ByScript(
            ".ci/wheel_without_fit.py", '("./vectorplayer", ".")', "test-wheel"
        ),
        "pip install ./vectorplayer '.[fit]'": ByHand("make weights runs it, and downloads 1 GB"),
    },
    "klhelpers/README.md": {
        "pip install ./vectorplayer": ByScript(
            ".ci/readme_in_wheel.py", '"./vectorplayer"', "test-wheel"
        ),
        "pip install ./vectorplayer .": ByScript(
            ".ci/wheel_without_fit.py", '("./vectorplayer", ".")', "test-wheel"
        ),
        "pip install ./vectorplayer '.[fit]'": ByHand("make weights runs it, and downloads 1 GB"),
        "pip install ./vectorplayer '.[chapters]'": ByHand("make weights runs it, likewise"),
        "make weights": ByHand("it downloads 2 GB, and what it measures changes rarely"),
        "python -m pytest -n 2": ByScript(".ci/sdist_tests.py", '"pytest", "-n", "2"', "test-dist"),
    },
    "vectorplayer/README.md": {
        "pip install .": ByScript(".ci/readme_in_wheel.py", '"./vectorplayer"', "test-wheel"),
        'pip install -e ".[test]"': ByRecipe(
            "test-vectorplayer", "--editable ./vectorplayer[test]"
        ),
        "python -m pytest -n 2": ByRecipe("test-vectorplayer", "-m pytest -n 2"),
    },
    "SECURITY.md": {},
    "run.md": {
        "make lab": ByTest("tests/lab/conftest.py", "lab"),
        "make book": ByWorkflow(),
        "make test": ByWorkflow(),
    },
    "class.md": {
        "make site SITE_URL=https://notes.example.org": ByWorkflow(),
        "make site-zip": ByWorkflow(),
        "make test-downloads": ByWorkflow(),
        "make binder": ByWorkflow(),
        "python benchmarks/class_cost.py --students 1000 --share 0.3 --hours 30": ByTest(
            "tests/builds/test_class.py", "test_the_example_is_what_its_command_prints"
        ),
    },
    "CONTRIBUTING.md": {
        "python benchmarks/students.py": ByHand("it takes minutes, and measures times"),
        "python benchmarks/site_weight.py": ByHand("when pages have changed much"),
        "make book": ByWorkflow(),
        "make book JOBS=1": ByTest(PARALLEL, "test_no_more_pages_at_a_time_than_jobs"),
        "SITE_URL=https://example.org/notes make book": ByTest(
            "tests/builds/test_site_address.py",
            "test_pages_know_their_address_only_if_it_is_given",
        ),
        "make PYTHON=python3.12 book": ByTest(
            ENVIRONMENT, "test_another_python_is_used_when_it_is_named"
        ),
        "jupyter-book build .": ByRecipe("book", "build . -W -n --keep-going"),
        "make test": ByWorkflow(),
        "make test-book": ByWorkflow(),
        "make test-thorough": ByWorkflow(),
        "make test-vectorplayer": ByWorkflow(),
        "make test-vectorplayer test-wheel": ByWorkflow(),
        "make test-wheel": ByWorkflow(),
        "make test-dist": ByHand("before a release"),
        "make test-lowest": ByWorkflow(),
        "make test-prereleases": ByWorkflow(),
        ".ci/run": ByWorkflow(),
        ".venv/bin/python -m pytest tests/test_divergences.py": ByRecipe("test-book", "-m pytest"),
        ".venv/bin/python -m pytest klhelpers tests/fit": ByRecipe("test-book", "-m pytest"),
        "cd vectorplayer && ../.venv-vectorplayer/bin/python -m pytest tests/test_curves.py": (
            ByRecipe("test-vectorplayer", "cd vectorplayer && ")
        ),
        ".venv/bin/mypy": ByTest("tests/test_types.py", "errors"),
        "make check": ByTest(HERE, "test_style_of_the_code"),
        ".venv/bin/ruff format .": ByTest(HERE, "test_style_of_the_code"),
        "make faults": ByHand("its script needs root; CONTRIBUTING has the last result"),
        ".venv/bin/python .ci/faults.py full_disk": ByHand("a part of make faults"),
        "make mutants": ByHand("it takes hours; CONTRIBUTING has the last result"),
        "make mutants MODULE=klhelpers/divergences.py": ByHand("a part of make mutants"),
        "make reproduce": ByHand("it builds the book twice from nothing"),
        "make matrix": ByTest("tests/builds/test_matrix.py", "test_books_of_the_same_text"),
        'make matrix PYTHONS="/path/to/python3.12 …"': ByTest(
            "tests/builds/test_matrix.py", "test_books_of_the_same_text"
        ),
        "PYENV_VERSION=3.11.7:3.12.1:3.13.0 make matrix": ByHand("it needs pyenv"),
        "pyenv install 3.12": ByHand("it needs pyenv"),
        "make lab": ByTest("tests/lab/conftest.py", "lab"),
        "make binder": ByWorkflow(),
        "make test-downloads": ByWorkflow(),
        "make bench": ByHand("it measures times, which only mean something on an idle machine"),
        "python benchmarks/chapter_times.py": ByRecipe("bench", "benchmarks/run.py"),
        "python benchmarks/bigger_books.py": ByHand("it measures times, and takes ten minutes"),
        "make dist": ByWorkflow(),
        "make weights": ByHand("it downloads 2 GB, and what it measures changes rarely"),
        "python readme/two_fits.py": ByTest(
            "tests/builds/test_root_readme.py", "test_the_picture_is_what_its_script_draws"
        ),
        "make lock": ByHand("it needs a network, and what it finds changes by the day"),
        "make lock LOCK_OPTIONS=--upgrade": ByHand("it needs a network, likewise"),
        "make pdf": ByHand("before a release"),
        "make epub": ByHand("before a release"),
        "make lint": ByWorkflow(),
        "make site-zip": ByWorkflow(),
        "make site": ByWorkflow(),
        "make release": ByWorkflow(),
        "python3 .ci/release_notes.py v0.1.0": ByTest(
            "tests/builds/test_release.py", "test_notes_are_the_section_of_the_version"
        ),
        "make changes": ByWorkflow(),
        "make changes BASE=HEAD^1": ByWorkflow(),
        "make links": ByWorkflow(),
        "make sbom": ByWorkflow(),
        "make audit": ByWorkflow(),
        "make clean": ByTest(HERE, "test_clean_removes_what_was_built_and_nothing_else"),
    },
}
"""Document, command, how it is run."""
