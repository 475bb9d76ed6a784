"""The image for Binder and for a JupyterHub, as far as it can be checked without building it."""

import json
import re
import shlex
import shutil
import subprocess

import image_recipe
import pytest
from tiny_book import ROOT

BINDER = ROOT / "binder"


@pytest.fixture
def copied(tmp_path):
    """Return a folder with a copy of the files that repo2docker reads."""
    shutil.copytree(BINDER, tmp_path / "binder")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def pins(name):
    """Return the versions of a list, by package."""
    text = (ROOT / name).read_text("utf-8")
    found = {}
    for package, version in re.findall(r"^([\w.-]+)(?:\[.*\])?==([^\s;]+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def test_the_recipe_has_all_steps(capsys):
    image_recipe.main()
    assert "binder/postBuild" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("runtime.txt", "the Python of binder/runtime.txt"),
        ("requirements.txt", "the packages of binder/requirements.txt"),
        ("postBuild", "binder/postBuild"),
    ],
)
def test_a_file_that_is_missing_is_noticed(copied, name, step):
    (copied / "binder" / name).unlink()
    assert step in image_recipe.missing(image_recipe.recipe(copied), "3.11")


def test_packages_that_are_installed_after_the_files_are_noticed(copied):
    """repo2docker does so if the list leads to a file: each changed chapter would cost minutes."""
    with (copied / "binder" / "requirements.txt").open("a") as file:
        file.write("-r ../requirements.txt\n")
    assert image_recipe.missing(image_recipe.recipe(copied), "3.11") == [
        "the files of the repository"
    ]


def test_a_recipe_that_repo2docker_refuses_stops(copied):
    (copied / "binder" / "runtime.txt").write_text("python-3.99\n")
    with pytest.raises(SystemExit, match="repo2docker refuses these files"):
        image_recipe.main(copied)


def test_its_packages_have_the_versions_of_the_book():
    ours, book = pins("binder/requirements.txt"), pins("requirements.txt")
    assert {name for name in ours if name not in book} == {"nbgitpuller", "notebook"}
    for name in ours.keys() & book.keys():
        assert ours[name] <= book[name], name
    assert {"tensorflow", "jupyterlab", "jupytext", "jupyterlab-myst"} <= set(ours)
    assert "sphinx" not in ours  # it runs the chapters, and builds no book


def test_each_version_has_hashes():
    text = (BINDER / "requirements.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert len(blocks) > 100
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_last_step_is_valid_and_names_files_that_exist():
    script = BINDER / "postBuild"
    subprocess.run(["bash", "-n", script], check=True)
    assert script.stat().st_mode & 0o100, "git must keep it executable"
    words = shlex.split(script.read_text("utf-8"), comments=True)
    named = {word for word in words if re.match(r"\.[\w./]*$", word)}
    assert named == {".", "./vectorplayer", ".jupyter/labconfig/default_setting_overrides.json"}
    assert all((ROOT / name).exists() for name in named)


def test_the_last_step_does_what_it_says(tmp_path):
    """With a pip that only writes down what it is asked for, and a prefix of its own."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"pip": f'echo "$@" > {tmp_path}/pip', "python": f"echo {tmp_path}"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    path = f"{programs}:/usr/bin:/bin"
    subprocess.run([BINDER / "postBuild"], cwd=ROOT, env={"PATH": path}, check=True)
    assert (tmp_path / "pip").read_text().split()[-2:] == ["./vectorplayer", "."]
    copied = tmp_path / "etc/jupyter/labconfig/default_setting_overrides.json"
    viewers = json.loads(copied.read_text())["@jupyterlab/docmanager-extension:plugin"]
    assert viewers["defaultViewers"]["markdown"] == "Jupytext Notebook"
