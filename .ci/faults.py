"""Faults that a test cannot play: of disks, users, networks and environments.

Each function plays one with a small book, and one line tells how it went: survived, not survived,
or not run, where something is missing for it, such as root's rights.  A fault is survived if the
build ends with a message that says what to do, the pages stay as they were, and the next build
is right.  The other faults are tests, marked ``faults``; ``make faults`` runs both.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "builds"))

from tiny_book import STRICT, TinyBook  # noqa: E402

BUILD = (str(ROOT / ".ci" / "build_book.py"), "build", ".", *STRICT)
NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
FOLDERS = ("with some spaces", "Köln & Łódź", "日本", "it's 100% (really) #1; $HOME")


class NotRunError(Exception):
    """Something is missing that a fault needs."""


class Book(TinyBook):
    """A small book that is built by a command of its own."""

    def run(self, *before: str, python: str = sys.executable, **environ: str) -> tuple[bool, str]:
        """Build; return whether that went well, and the last lines of what was printed."""
        done = subprocess.run(
            [*before, python, *BUILD],
            cwd=self.folder,
            env=os.environ | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode == 0, "\n".join(done.stdout.splitlines()[-12:])

    def must_build(self, text: str, *before: str, **options: str) -> None:
        """Edit a page and build; the page must have the new text."""
        self.page("second", text=text, code="print(8 * 9)")
        passed, output = self.run(*before, **options)
        assert passed, output
        assert text in self.html("second")

    def must_fail(self, message: str, *before: str, **options: str) -> None:
        """Build; the message must be at the end, and the pages must stay as they were."""
        pages = self.published()
        passed, output = self.run(*before, **options)
        assert not passed, "the build passes"
        assert "The build failed: " in output, output
        assert message in output, output
        assert self.published() == pages, "pages were changed"


def full_disk(folder: Path) -> None:
    """Build on a disk with no room, or with too little room to end."""
    with mounted(folder, "-t", "tmpfs", "-o", "size=64m", "none"):
        book = Book.make(folder / "book")
        book.must_build("Words.")
        failed = 0
        for kilobytes in (0, 64, 512, 2048):
            text = f"Written with {kilobytes} kB left."
            book.page("second", text=text, code=f"print({kilobytes})")
            fill(folder, kilobytes)
            pages = book.published()
            passed, output = book.run()
            if passed:
                assert text in book.html("second")
            else:
                failed += 1
                assert "make room on the disk" in output, output
                assert book.published() == pages, "pages were changed"
            (folder / "filler").unlink()
            book.must_build(f"Mended after {kilobytes} kB.")
        assert failed >= 2, "the disk was not full"


def fill(folder: Path, left: int) -> None:
    """Leave so many kilobytes of a disk."""
    free = shutil.disk_usage(folder).free - 1024 * left
    (folder / "filler").write_bytes(bytes(free))


def read_only_tree(folder: Path) -> None:
    """Build in a folder that is mounted without the right to write."""
    book = Book.make(folder / "book")
    book.must_build("Words.")
    with mounted(book.folder, "--bind", str(book.folder)):
        call("mount", "-o", "remount,bind,ro", str(book.folder))
        book.must_fail("make the folder writable")
    book.must_build("Writable again.")


def user_without_root(folder: Path) -> None:
    """Build as a user who may write in the book alone, and then may not do so either."""
    need_root("setpriv")
    folder.chmod(0o755)
    # The interpreter may lie in the home of root, where nobody may look.
    with mounted(folder / "python", "--bind", sys.base_prefix):
        base = folder / "python" / "bin" / "python{}.{}".format(*sys.version_info)
        python = environment_above(folder / "environment", python=str(base))
        options = {
            "python": python,
            "HOME": "/nonexistent",
            "LD_LIBRARY_PATH": str(folder / "python" / "lib"),
        }
        book = Book.make(folder / "book")
        give(book.folder, NOBODY)
        book.must_build("Written by nobody.", *AS_NOBODY, **options)
        give(book.folder, 0)
        book.must_fail("make the folder writable", *AS_NOBODY, **options)
        give(book.folder, NOBODY)
        book.must_build("Written again.", *AS_NOBODY, **options)


def give(folder: Path, user: int) -> None:
    """Make a user the owner of a folder and all that is in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


def no_network(folder: Path) -> None:
    """Build on a machine without a network; not even the loopback device is up."""
    before = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))
    if not shutil.which("unshare") or subprocess.run([*before, "true"]).returncode:
        raise NotRunError("`unshare --net` does not work here")
    book = Book.make(folder / "book")
    for page in ("third", "fourth"):
        book.page(page, text="Words.", code=f"import klhelpers as kl\nkl.minimize_kl, {page!r};")
    book.contents("second", "third", "fourth")  # four: with forked kernels
    book.must_build("Written without a network.", *before)


def odd_folders(folder: Path) -> None:
    """Build in folders with spaces, umlauts and signs that a shell or an address reads."""
    pages = []
    for name in FOLDERS:
        book = Book.make(folder / name / "book")
        book.must_build("Words.")
        pages.append({n: b for n, b in book.published().items() if n != ".buildinfo"})
    assert all(one == pages[0] for one in pages), "the pages are not the same in all folders"


def no_tf_keras(folder: Path) -> None:
    """Build in an environment without a package that TensorFlow Probability imports."""
    python = environment_above(folder / "environment", without="tf_keras")
    book = Book.make(folder / "book")
    book.must_build("Words.")
    for page in ("second", "third", "fourth", "fifth"):  # four: with forked kernels
        book.page(page, text="Words.", code=f"import klhelpers as kl\nkl.minimize_kl, {page!r};")
    book.contents("second", "third", "fourth", "fifth")
    book.must_fail("klhelpers.minimize_kl needs", python=python)
    book.must_build("Complete again.")


def environment_above(folder: Path, without: str = "", python: str = sys.executable) -> str:
    """Make an environment that has all packages of this one but one; return its Python."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    [packages] = folder.glob("lib/python*/site-packages")
    [below] = (path for path in sys.path if path.endswith("site-packages"))
    code = f"import site, sys; sys.modules[{without!r}] = None; site.addsitedir({below!r})\n"
    (packages / "below.pth").write_text(code)
    return str(folder / "bin" / "python")


def settings_of_the_user(folder: Path) -> None:
    """Build with assertions switched off, warnings as errors, and another Keras."""
    book = Book.make(folder / "book")
    (book.folder / ".ci").symlink_to(ROOT / ".ci")
    (book.folder / ".venv").symlink_to(ROOT / ".venv")
    shutil.copy(ROOT / "Makefile", book.folder)
    settings = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "KERAS_BACKEND": "jax"}
    for sides, status in (("2 == 2", 0), ("1 == 2", 2)):
        code = f"with kl.claim('It holds.'):\n    assert {sides}"
        book.page("second", text="", code=f"import klhelpers as kl\nkl.minimize_kl\n{code}")
        done = subprocess.run(
            ["make", "-o", "environment", "book"],
            cwd=book.folder,
            env=os.environ | settings,
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stdout[-2000:] + done.stderr[-2000:]
    assert "AssertionError: It holds." in done.stderr


@contextlib.contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Mount something, and unmount it."""
    need_root("mount")
    place.mkdir(exist_ok=True)
    call("mount", *options, str(place))
    try:
        yield
    finally:
        call("umount", str(place))


def need_root(command: str) -> None:
    """Raise an error without root's rights, or without the command."""
    if os.geteuid() != 0 or not shutil.which(command):
        raise NotRunError(f"root's rights and the command {command} are needed")


def call(*command: str) -> None:
    """Run a command that may be forbidden, as in a container."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise NotRunError(done.stderr.strip())


FAULTS: tuple[Callable[[Path], None], ...] = (
    full_disk,
    read_only_tree,
    user_without_root,
    no_network,
    odd_folders,
    no_tf_keras,
    settings_of_the_user,
)


def main() -> None:
    """Play all faults, or those that are named; end with an error if one is not survived."""
    known = {fault.__name__: fault for fault in FAULTS}
    failed = 0
    for name in sys.argv[1:] or known:
        with tempfile.TemporaryDirectory() as folder:
            try:
                known[name](Path(folder))
                result = "survived"
            except NotRunError as error:
                result = f"not run: {error}"
            except Exception as error:
                failed += 1
                result = f"NOT SURVIVED: {error or type(error).__name__}"
        print(f"{name.replace('_', ' ')}: {result}", flush=True)
    if failed:
        sys.exit(f"{failed} faults were not survived.")


if __name__ == "__main__":
    main()
