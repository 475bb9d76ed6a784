"""Build both packages into ``dist/``, as source distributions and as wheels.

The files that git tracks are built from a copy.  In that copy two things are written that only an
address can make true: ``[project.urls]``, and the links of the README to files of the repository,
which an index page cannot follow.  The address is the variable ``REPOSITORY_URL``; without one the
metadata have no address, and such links are their words alone.

Everything is built twice, in folders of different names and with another umask, and must have the
same bytes.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

from markdown_it import MarkdownIt
from reproduce import run

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PACKAGES = {"vectorplayer": "vectorplayer", "klhelpers": "."}
"""Folder of each distribution."""

LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def main():
    """Build twice, compare, check, and move the files to ``dist/``."""
    address = os.environ.get("REPOSITORY_URL", "").rstrip("/")
    if address and not address.startswith("https://"):
        sys.exit(f"REPOSITORY_URL must begin with https://, and is {address}.")
    site = os.environ.get("SITE_URL", "").rstrip("/")
    with tempfile.TemporaryDirectory() as scratch:
        os.umask(0o077)
        other = build(Path(scratch) / "another folder", address, site)
        os.umask(0o022)
        one = build(Path(scratch) / "a", address, site)
        if different := [path.name for path in one if path.read_bytes() != beside(other, path)]:
            sys.exit(f"Two builds differ: {', '.join(different)}")
        run([sys.executable, "-m", "twine", "--no-color", "check", "--strict", *one])
        for wheel in one:
            if wheel.suffix == ".whl" and (relative := relative_links(description(wheel))):
                sys.exit(f"{wheel.name} links to files that it has not: {', '.join(relative)}")
        DIST.mkdir(exist_ok=True)
        for old in (*DIST.glob("*.whl"), *DIST.glob("*.tar.gz")):
            old.unlink()
        for path in one:
            shutil.move(path, DIST / path.name)
    if not address:
        print("REPOSITORY_URL is not set: the metadata have no addresses.")
    print("Built twice with the same bytes:", *(f"  dist/{path.name}" for path in one), sep="\n")


def beside(paths, path):
    """Return the content of the file that has the name of another."""
    return {one.name: one for one in paths}[path.name].read_bytes()


def build(folder, address, site):
    """Copy the tracked files, write the addresses, build; return the files that were made."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct")
    commit = git("rev-parse", "HEAD")
    for name in git("ls-files", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    for place in PACKAGES.values():
        write_addresses(folder, folder / place, address, site, commit)
        run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", "out", place],
            cwd=folder,
            env=os.environ | {"SOURCE_DATE_EPOCH": epoch},
        )
    made = sorted((folder / "out").iterdir())
    for path in made:
        path.chmod(0o644)  # flit makes wheels private
    return made


def write_addresses(root, package, address, site, commit):
    """Give a package its ``[project.urls]``, and its README links that work anywhere."""
    metadata = package / "pyproject.toml"
    text = metadata.read_text("utf-8")
    urls = project_urls(address, site)
    if urls:
        lines = "".join(f'{name} = "{url}"\n' for name, url in urls.items())
        metadata.write_text(f"{text}\n[project.urls]\n{lines}", "utf-8")
    readme = package / tomllib.loads(text)["project"]["readme"]
    folder = readme.parent.relative_to(root).as_posix()
    readme.write_text(absolute(readme.read_text("utf-8"), folder, address, commit), "utf-8")


def project_urls(address, site):
    """Return the names and addresses that an index page shows."""
    urls = {}
    if site:
        urls["Documentation"] = site
    if address:
        urls["Source"] = address
        urls["Issues"] = f"{address}/issues"
        urls["Changelog"] = f"{address}/blob/main/CHANGELOG.md"
    return urls


def absolute(readme, folder, address, commit):
    """Make the links of a README absolute; without an address, leave their words.

    Parameters
    ----------
    readme : str
        Markdown.
    folder : str
        Folder of the README in the repository.
    address : str
        Where the repository is, or an empty text.
    commit : str
        The files are linked as they are in this commit.
    """

    def replaced(link):
        if re.match(r"[a-z]+:|#", link["target"]):
            return link[0]
        if not address:
            return f"*{link['words']}*" if link["picture"] else link["words"]
        path = os.path.normpath(os.path.join(folder, link["target"]))
        kind = "raw" if link["picture"] else "blob"
        return f"{link['picture']}[{link['words']}]({address}/{kind}/{commit}/{path})"

    parts = FENCED.split(readme)
    return "".join(part if part[:3] == "```" else LINK.sub(replaced, part) for part in parts)


def description(wheel):
    """Return the text that an index shows on the page of a package, as Markdown."""
    with ZipFile(wheel) as content:
        [name] = (name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(content.read(name)).get_payload(decode=True).decode("utf-8")


def relative_links(markdown):
    """Return the targets of links and pictures that are no addresses."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return re.findall(r'(?:href|src)="(?!https://|mailto:|#)([^"]*)"', html)


def git(*arguments):
    """Return what git says about this clone."""
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip("\n")


if __name__ == "__main__":
    main()
