"""The pages are replaced together, and only by a build without errors.

A build that has anything to write writes all pages into an empty folder beside the published
ones.  At its end the new files replace the old ones, and files of the old build that the new one
did not write are removed: navigation is never stale, and no page outlives its source.  A failed
build leaves the published pages as they were.

Sphinx repeats the warnings of a page only when it reads the page again.  So a build that has not
ended without a warning, or has not ended at all, makes the next one read everything again: what
is broken fails every build until it is mended.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

UNFINISHED = "unfinished"
"""File beside the doctrees that stands from the start of a build to its clean end."""

logger = logging.getLogger(__name__)


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, relative to it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder)


def read_record(record: Path) -> list[str]:
    """Return the files that the last build made; without a list that can be read, none."""
    try:
        return json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return []


def publish(new: Path, pages: Path, record: Path) -> None:
    """Move the files of a build to their place and remove what the last build left there.

    Parameters
    ----------
    new : Path
        Folder of the build; it is empty afterwards, and removed.
    pages : Path
        Folder of the published pages.  Files that no build made stay.
    record : Path
        List of the files that the last build made; it is replaced.
    """
    old = read_record(record)
    written = [path.as_posix() for path in files(new)]
    for name in written:
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / name, pages / name)
    for name in set(old) - set(written):
        (pages / name).unlink(missing_ok=True)
        for folder in (pages / name).relative_to(pages).parents:
            if folder != Path() and not any((pages / folder).iterdir()):
                (pages / folder).rmdir()
    complete = record.with_name(f"{record.name}.new")
    complete.write_text(json.dumps(written, indent=0), "utf-8")
    os.replace(complete, record)  # a disk may be full: never half a list
    shutil.rmtree(new)


class Publication:
    """One build, from its first look at what has changed to the published pages."""

    def __init__(self) -> None:
        self.pages: Path | None = None  # where the pages are published, once they are being built
        self.new: Path | None = None

    def prepare(self, app: Sphinx, config: Config) -> None:
        """Forget what an unfinished build has read (event ``config-inited``)."""
        self.unfinished = Path(app.doctreedir) / UNFINISHED
        if self.unfinished.exists():
            (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
        config.assets_digest = assets_digest(Path(app.srcdir), config)

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Send the output elsewhere if there is any (event ``env-before-read-docs``)."""
        if not docnames and not list(app.builder.get_outdated_docs()):
            return
        self.unfinished.parent.mkdir(parents=True, exist_ok=True)
        self.unfinished.touch()
        if app.builder.format == "html":
            self.pages = Path(app.outdir)
            self.new = self.pages.with_name(f".{self.pages.name}.new")
            shutil.rmtree(self.new, ignore_errors=True)
            self.new.mkdir()
            app.outdir = app.builder.outdir = type(app.outdir)(self.new)

    def write_all(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Write every page, since the folder is empty (event ``env-updated``)."""
        return env.found_docs if self.new else set()

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Publish the pages or drop them (event ``build-finished``)."""
        warned = app._warncount > 0  # Sphinx has no public name for it
        if self.new:
            app.outdir = app.builder.outdir = type(app.outdir)(self.pages)
            if exception or (warned and app.keep_going):
                shutil.rmtree(self.new)
                logger.info("The pages in %s stay as they were.", os.path.relpath(self.pages))
            else:
                publish(self.new, self.pages, self.pages.with_name(f".{self.pages.name}.files"))
        if not exception and not warned:
            self.unfinished.unlink(missing_ok=True)


def outdated_contents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages whose contents list a page that is gone (event ``env-get-outdated``).

    Sphinx warns of that only when it reads them.
    """
    return [name for name, listed in env.toctree_includes.items() if removed.intersection(listed)]


def assets_digest(root: Path, config: Config) -> str:
    """Digest of the files that are copied into the book as they are, such as style sheets."""
    digest = hashlib.sha256()
    for folder in (root / name for name in (*config.html_static_path, *config.html_extra_path)):
        for file in files(folder):
            content = (folder / file).read_bytes()
            digest.update(f"\0{file.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def setup(app: Sphinx) -> dict[str, Any]:
    """Act after all other extensions, whose files belong to the pages."""
    build = Publication()
    app.add_config_value("assets_digest", "", "html", str)
    app.connect("config-inited", build.prepare)
    app.connect("env-get-outdated", outdated_contents)
    app.connect("env-before-read-docs", build.begin)
    app.connect("env-updated", build.write_all)
    app.connect("build-finished", build.end, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
