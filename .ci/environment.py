"""Make a virtual environment of this clone, or bring it up to date.

``python3 environment.py FOLDER [--exactly-this-python] [--from FILE ...] --install ARGUMENTS ...``

ARGUMENTS, one string for each call of pip, say what is installed; what they read stands in the
FILEs.  The environment is made anew when it cannot be trusted: an environment knows its own
folder, its packages and its interpreter by absolute paths, so that one in a copied clone would
import the packages of the original.  Only the standard library is used: nothing is installed yet.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

PYTHONS = [(3, 11), (3, 12), (3, 13)]
"""Versions that TensorFlow and the theme of the book have in common."""


def main():
    """Do what the command line says; end with a message when it cannot be done."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--exactly-this-python", action="store_true")
    parser.add_argument("--from", dest="files", nargs="*", type=Path, default=[])
    parser.add_argument("--install", nargs="+", required=True)
    options = parser.parse_args()
    try:
        with one_at_a_time():
            bring_up_to_date(options)
    except KeyboardInterrupt:
        sys.exit("The installation was interrupted. Run make again to complete it.")


@contextlib.contextmanager
def one_at_a_time():
    """Wait while another make of this clone installs; the lock goes when its process ends."""
    clone = os.open(".", os.O_RDONLY)
    try:
        try:
            fcntl.flock(clone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is installing packages here. Waiting for it.", flush=True)
            fcntl.flock(clone, fcntl.LOCK_EX)
        yield
    finally:
        os.close(clone)


def bring_up_to_date(options):
    """Make or renew the environment if its stamp does not say that all is well."""
    stamp = options.folder / ".installed"
    wanted = {"folder": place(options), "content": digest(options)}
    made = read(stamp)
    reason = why_anew(options, made)
    if not reason and made["content"] == wanted["content"]:
        return
    if reason:
        check_python()
        print(f"Making the environment {options.folder}: {reason}.", flush=True)
        if options.folder.is_symlink():
            options.folder.unlink()  # what it leads to is not ours to clear
        run([sys.executable, "-m", "venv", "--clear", str(options.folder)])
    # Without its stamp an environment counts as half finished, and is made anew.
    stamp.unlink(missing_ok=True)
    print("Installing its packages (the first time takes minutes)", flush=True)
    python = str(options.folder / "bin" / "python")
    quiet = ["--disable-pip-version-check", "--no-input", "install", "--quiet"]
    for arguments in options.install:
        run([python, "-m", "pip", *quiet, *shlex.split(arguments)])
    stamp.write_text(json.dumps(wanted), "utf-8")


def place(options):
    """Return the absolute path of the environment; a link to another one is not followed."""
    return str(Path.cwd() / options.folder)


def digest(options):
    """Digest of what is to be installed."""
    content = hashlib.sha256(repr(options.install).encode())
    for file in options.files:
        content.update(file.read_bytes())
    return content.hexdigest()


def read(stamp):
    """Return the content of a stamp, or nothing."""
    try:
        return json.loads(stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def why_anew(options, made):
    """Say why an environment must be made anew, or return an empty text."""
    if not options.folder.exists():
        return "there is none yet"
    if not made:
        return "the one here is not complete"
    if made["folder"] != place(options):
        return "the one here was made for {folder}".format(**made)
    try:
        look = [str(options.folder / "bin" / "python"), "-c", "import sys; print(sys.version_info)"]
        version = subprocess.run(look, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "the Python of the one here does not run any more"
    if options.exactly_this_python and version != str(sys.version_info):
        return "the one here has another Python"
    return ""


def check_python():
    """End with a message if this Python cannot make the environment."""
    if sys.version_info[:2] not in PYTHONS:
        sys.exit(
            "Python 3.11, 3.12 or 3.13 is needed, and this is {}.{} ({}).\n"
            "Install one and name it: make PYTHON=python3.12".format(
                *sys.version_info[:2], sys.executable
            )
        )
    try:
        import ensurepip  # noqa: F401  Debian has it in a package of its own
    except ImportError:
        sys.exit(
            f"{sys.executable} cannot make virtual environments.\n"
            "On Debian or Ubuntu: apt-get install python3-venv, then run make again."
        )


def run(command):
    """Run a command; end with its status if it fails."""
    status = subprocess.run(command, check=False).returncode
    if status:
        sys.exit(f"This command failed (status {status}): {shlex.join(command)}")


if __name__ == "__main__":
    main()
