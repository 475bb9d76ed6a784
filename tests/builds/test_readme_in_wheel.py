"""The blocks and commands of the READMEs that `make test-wheel` and `make weights` run."""

import re
import tomllib
from pathlib import Path

import pytest
from readme_in_wheel import examples
from weights import installations, megabytes, project
from wheel_without_fit import NEED_FIT

ROOT = Path(__file__).parents[2]

README = """
```python
a = 1
```
Words.
```
not a program
```
~~~python
no fence of ours
~~~
```python
print(a)
```
"""


def test_blocks_of_python_are_one_program():
    assert examples(README) == "a = 1\n\nprint(a)\n"


def test_blocks_that_need_what_is_missing_are_left_out():
    assert examples(README, without={"print"}) == "a = 1\n"
    assert examples(README, without={"pri"}) == examples(README)


@pytest.mark.parametrize(
    ("package", "without", "used"),
    [
        ("vectorplayer", (), {"vector_html"}),
        ("klhelpers", NEED_FIT, {"optimal_diag_gaussian", "PairFigure"}),
        ("klhelpers", (), {"minimize_kl", "vector_html"}),
    ],
)
def test_the_readmes_have_examples(package, without, used):
    program = examples((ROOT / package / "README.md").read_text("utf-8"), without)
    assert all(name in program for name in used)
    assert not any(name in program for name in without)


def test_each_installation_is_measured():
    text = (ROOT / "klhelpers" / "README.md").read_text("utf-8")
    found = installations(text)
    assert {tuple(arguments) for arguments in found.values()} == {
        ("./vectorplayer",),
        ("./vectorplayer", "."),
        ("./vectorplayer", ".[fit]"),
        ("./vectorplayer", ".[chapters]"),
    }
    table = text.split("<!-- weights")[1]
    assert all(f"| `{command}` |" in table for command in found)
    assert text.count("pip install") == len(found) + table.count("pip install")
    alone = re.search(r"\| `pip install ./vectorplayer` \| (\d+) \| (\d+) \|", table)
    other = (ROOT / "vectorplayer" / "README.md").read_text("utf-8")
    assert "holds {} packages of {} MB:".format(*alone.groups()) in other


def test_a_project_of_ones_own_depends_on_both_packages_in_their_folders():
    text = (ROOT / "klhelpers" / "README.md").read_text("utf-8")
    assert set(tomllib.loads(project(text))["project"]["dependencies"]) == {
        f"klhelpers[fit] @ {ROOT.resolve().as_uri()}",
        f"vectorplayer @ {ROOT.resolve().as_uri()}/vectorplayer",
    }


def test_size_of_an_environment_is_that_of_what_was_installed(tmp_path):
    site = "lib/python3.11/site-packages"
    sizes = {
        f"{site}/a/one.py": 300_000,
        f"{site}/pipe/b.py": 200_000,
        f"{site}/pip/c.py": 1_000_000,
        f"{site}/pip-23.2.dist-info/RECORD": 1_000_000,
        f"{site}/setuptools/d.py": 1_000_000,
        "share/jupyter/e.js": 400_000,
    }
    for name, size in sizes.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "lib64").symlink_to("lib")
    (tmp_path / "python").symlink_to(tmp_path / "share/jupyter/e.js")
    assert megabytes(tmp_path) == 0.9
