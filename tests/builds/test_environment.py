"""`make` notices an environment that it cannot trust, and says what is missing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

import environment
import pytest
from thorough import thoroughly

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]

# The tests may be run by make: what it hands on to other makes is not for these.
ENVIRON = {name: os.environ[name] for name in os.environ if not name.startswith(("MAKE", "MFL"))}

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

# Builds an editable package without asking a registry: a wheel with nothing but a path.
BACKEND = """
import pathlib, zipfile

NAME = "{name}"

def build_editable(folder, config_settings=None, metadata_directory=None):
    wheel = f"{{NAME}}-0-py3-none-any.whl"
    info = f"{{NAME}}-0.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder) / wheel, "w") as file:
        file.writestr(f"{{NAME}}.pth", str(pathlib.Path.cwd()))
        file.writestr(f"{{info}}/METADATA", f"Metadata-Version: 2.1\\nName: {{NAME}}\\nVersion: 0")
        tag = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any"
        file.writestr(f"{{info}}/WHEEL", tag)
        file.writestr(f"{{info}}/RECORD", "")
    return wheel
"""


class Clone:
    """A clone of the repository, with packages that hold nothing and depend on nothing."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def write(cls, folder):
        shutil.copytree(ROOT / ".ci", folder / ".ci")
        shutil.copy(ROOT / "Makefile", folder)
        (folder / "requirements.txt").touch()
        for name, place in (("klhelpers", folder), ("vectorplayer", folder / "vectorplayer")):
            place.mkdir(exist_ok=True)
            (place / "pyproject.toml").write_text(PYPROJECT, "utf-8")
            (place / "backend.py").write_text(BACKEND.format(name=name), "utf-8")
            (place / f"{name}.py").touch()
        return cls(folder)

    def start(self, *variables):
        return subprocess.Popen(
            ["make", "environment", *variables],
            cwd=self.folder,
            env=ENVIRON,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # so that a signal can go to all of it, as Ctrl-C does
            # A shell lets what it starts in the background ignore Ctrl-C, and children inherit it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def make(self, *variables):
        """Bring the environment up to date; return the exit status and what was printed."""
        process = self.start(*variables)
        output, _ = process.communicate()
        return process.returncode, output

    def imports(self):
        """Tell from where the environment imports the package."""
        code = "import klhelpers; print(klhelpers.__file__)"
        python = self.folder / ".venv" / "bin" / "python"
        command = [python, "-I", "-c", code]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """Make the environment of a clone."""
    clone = Clone.write(tmp_path_factory.mktemp("original") / "a clone")
    status, output = clone.make(f"PYTHON={sys.executable}")
    assert status == 0, output
    assert "Making the environment .venv: there is none yet." in output
    return clone


def test_environment_that_is_up_to_date_is_left_alone(original):
    assert original.make(f"PYTHON={sys.executable}") == (0, "")


@pytest.mark.thorough
def test_copied_clone_gets_an_environment_of_its_own(original, tmp_path):
    copy = Clone(shutil.copytree(original.folder, tmp_path / "copy", symlinks=True))
    assert copy.imports().parent == original.folder
    status, output = copy.make()
    assert status == 0, output
    assert f"the one here was made for {original.folder}" in output
    assert copy.imports().parent == copy.folder
    assert original.make() == (0, "")


@pytest.mark.thorough
def test_second_make_waits_while_the_first_installs(original, monkeypatch):
    monkeypatch.chdir(original.folder)
    with environment.one_at_a_time():
        process = original.start()
        assert "Waiting for it." in process.stdout.readline()
    assert process.wait() == 0
    process.stdout.close()


SLOW = """
import time
pathlib.Path("begun").touch()
time.sleep(600)
"""


@pytest.mark.parametrize("number", thoroughly([signal.SIGINT, signal.SIGKILL], always=[]))
def test_an_interrupted_installation_begins_again(number, original, tmp_path):
    clone = Clone(shutil.copytree(original.folder, tmp_path / "copy", symlinks=True))
    backend = clone.folder / "backend.py"
    text = backend.read_text("utf-8")
    backend.write_text(text.replace("import pathlib, zipfile", f"import pathlib, zipfile{SLOW}"))
    process = clone.start(f"PYTHON={sys.executable}")
    while not (clone.folder / "begun").exists():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)
    os.killpg(process.pid, number)
    output, _ = process.communicate()
    assert process.returncode != 0, output
    assert number == signal.SIGKILL or "Run make again" in output
    backend.write_text(text, "utf-8")
    status, output = clone.make(f"PYTHON={sys.executable}")
    assert status == 0, output
    assert "the one here is not complete" in output
    assert clone.imports().parent == clone.folder


def another_python():
    """Return a Python of another version that can make environments, or None."""
    names = [os.environ.get("OTHER_PYTHON", ""), "python3.11", "python3.12", "python3.13"]
    for path in filter(None, map(shutil.which, filter(None, names))):
        code = "import ensurepip, sys; print(sys.version_info[:2])"
        done = subprocess.run([path, "-c", code], capture_output=True, text=True)
        if done.returncode == 0 and done.stdout.strip() != str(sys.version_info[:2]):
            return path
    return None


def test_environment_of_another_python_is_replaced(original, tmp_path):
    other = another_python()
    if not other:
        pytest.skip("no other Python is installed: name one by the variable OTHER_PYTHON")
    clone = Clone(shutil.copytree(original.folder, tmp_path / "copy", symlinks=True))
    status, output = clone.make(f"PYTHON={other}")
    assert status == 0, output
    # The copy alone is a reason, and the first that is found; so go back to the first Python.
    status, output = clone.make(f"PYTHON={sys.executable}")
    assert status == 0, output
    assert "the one here has another Python" in output
    assert len(list(clone.folder.glob(".venv/lib/python3.*"))) == 1
    assert clone.imports().parent == clone.folder
    assert clone.make() == (0, "")


def test_python_that_does_not_exist(original):
    status, output = original.make("PYTHON=nosuchpython")
    assert status != 0
    assert "`nosuchpython` was not found." in output
    assert "make PYTHON=python3.12 environment" in output


@pytest.fixture
def options(tmp_path, monkeypatch):
    """Name an environment without packages, with its stamp."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return Namespace(folder=Path(".venv"), exactly_this_python=False, files=[], install=["x"])


def test_environment_whose_python_is_gone_is_made_anew(options):
    made = {"folder": environment.place(options)}
    assert environment.why_anew(options, made) == ""
    (options.folder / "bin" / "python").unlink()
    (options.folder / "bin" / "python").symlink_to("/nowhere/python3")
    assert "does not run any more" in environment.why_anew(options, made)


def test_half_finished_environment_is_made_anew(options):
    stamp = options.folder / ".installed"
    assert "not complete" in environment.why_anew(options, environment.read(stamp))
    stamp.touch()  # as it was before it held anything
    assert "not complete" in environment.why_anew(options, environment.read(stamp))


def test_another_python_is_used_when_it_is_named(options, monkeypatch):
    made = {"folder": environment.place(options)}
    monkeypatch.setattr(sys, "version_info", (3, 12, 99, "final", 0))
    assert environment.why_anew(options, made) == ""
    options.exactly_this_python = True
    assert "another Python" in environment.why_anew(options, made)


def test_changed_requirements_are_installed_into_the_same_environment(options, commands):
    file = Path("requirements.txt")
    file.write_text("numpy\n")
    options.files = [file]
    environment.bring_up_to_date(options)
    assert [command[2] for command in commands] == ["venv", "pip"]
    environment.bring_up_to_date(options)
    assert len(commands) == 2
    file.write_text("numpy<3\n")
    environment.bring_up_to_date(options)
    assert [command[2] for command in commands] == ["venv", "pip", "pip"]


def test_failed_installation_is_not_taken_for_done(options, commands):
    environment.bring_up_to_date(options)
    options.install = ["fails"]
    with pytest.raises(SystemExit, match="no"):
        environment.bring_up_to_date(options)
    assert not (options.folder / ".installed").exists()


@pytest.fixture
def commands(monkeypatch):
    """Collect the commands instead of running them; the installation of `fails` fails."""
    collected = []

    def run(command):
        collected.append(command)
        if "fails" in command:
            sys.exit("no")

    monkeypatch.setattr(environment, "run", run)
    return collected


def test_failing_command_ends_with_a_message():
    with pytest.raises(SystemExit, match=r"This command failed \(status 3\): "):
        environment.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_link_to_another_environment_is_replaced_and_not_cleared(options, tmp_path, monkeypatch):
    shared = (tmp_path / ".venv").rename(tmp_path / "shared")
    (tmp_path / ".venv").symlink_to(shared)
    monkeypatch.setattr(environment, "run", lambda command: Path(".venv").mkdir(exist_ok=True))
    environment.bring_up_to_date(options)
    assert (shared / "bin" / "python").exists()
    assert not (tmp_path / ".venv").is_symlink()


@pytest.mark.parametrize("version", [(3, 10, 0), (3, 14, 0)])
def test_python_of_another_version_is_refused(version, monkeypatch):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"3.13 is needed, and this is 3\.1[04] \(/"):
        environment.check_python()


def test_python_that_cannot_make_environments(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.check_python()
