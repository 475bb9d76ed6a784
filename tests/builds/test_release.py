"""What is published: the archive of the pages, the folder of a release, its notes and its sums."""

import json
import re
import subprocess
import zipfile

import pytest
import release
import release_notes
import site_differences
import site_zip

PAGES = {"index.html": b"<p>One</p>", "chapters/two.html": b"<p>Two</p>", ".nojekyll": b""}


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "html"
    for name, content in {**PAGES, ".buildinfo": b"paths"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_archive_has_all_pages_in_one_folder_and_is_the_same_each_time(pages, tmp_path):
    one, other = tmp_path / "a" / "site.zip", tmp_path / "b" / "site.zip"
    for archive in (one, other):
        archive.parent.mkdir()
        site_zip.pack(pages, archive)
        (pages / "index.html").touch()
        (pages / "index.html").chmod(0o600)
    assert one.read_bytes() == other.read_bytes()
    assert site_zip.unpacked(one) == PAGES
    with zipfile.ZipFile(one) as packed:
        assert {name.partition("/")[0] for name in packed.namelist()} == {"site"}
        packed.extractall(tmp_path)
    assert (tmp_path / "site" / "chapters" / "two.html").read_bytes() == b"<p>Two</p>"


def test_names_have_the_versions_of_the_packages():
    names = list(release.parts().values())
    klhelpers, vectorplayer = (release.own_component(name)["version"] for name in release.OWN)
    assert names == [
        f"minimising-kl-{klhelpers}-site.zip",
        f"klhelpers-{klhelpers}-py3-none-any.whl",
        f"klhelpers-{klhelpers}.tar.gz",
        f"vectorplayer-{vectorplayer}-py3-none-any.whl",
        f"vectorplayer-{vectorplayer}.tar.gz",
        f"minimising-kl-{klhelpers}.cdx.json",
    ]


def test_release_is_what_was_made_and_its_sums_are_right(tmp_path):
    made = {tmp_path / "one.bin": "b", tmp_path / "two.bin": "a"}
    for path in made:
        path.write_bytes(path.name.encode())
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "of an older version").touch()
    release.collect(made, folder)
    assert {path.name for path in folder.iterdir()} == {"a", "b", "SHA256SUMS"}
    assert (folder / "b").read_bytes() == b"one.bin"
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    (folder / "a").write_bytes(b"changed")
    assert subprocess.run(check, cwd=folder, check=False).returncode == 1


def test_release_without_a_part_is_refused_and_the_old_one_stays(tmp_path):
    (tmp_path / "there").touch()
    files = {tmp_path / name: name for name in ("there", "missing.whl", "missing.zip")}
    with pytest.raises(FileNotFoundError, match=r"missing\.whl, .*missing\.zip"):
        release.collect(files, tmp_path / "release")
    assert not (tmp_path / "release").exists()


CHANGELOG = """# Changelog

## Unreleased

## 1.2.0 - 2026-12-01

### Added
- A chapter.

## 1.1.0 - 2026-01-01

### Added
- Others.
"""


@pytest.fixture
def versions(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (tmp_path / ".zenodo.json").write_text(json.dumps({"version": "1.2.0"}), "utf-8")
    citation = "version: 1.2.0\ndate-released: '2026-12-01'\n"
    (tmp_path / "CITATION.cff").write_text(citation, "utf-8")
    return tmp_path


def test_notes_are_the_section_of_the_version(versions):
    assert release_notes.notes(versions, "v1.2.0") == "### Added\n- A chapter.\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("pyproject.toml", "1.2.0", "1.3.0", "the tag must be v1.3.0"),
        ("CHANGELOG.md", "1.2.0 -", "1.3.0 -", "no notes below a line such as ## 1.2.0"),
        ("CHANGELOG.md", "### Added\n- A chapter.\n", "", "no notes below a line such as ## 1.2.0"),
        (".zenodo.json", "1.2.0", "1.1.0", ".zenodo.json must state the version 1.2.0"),
        ("CITATION.cff", "version: 1.2.0", "version: 1.1.0", "must state version: 1.2.0"),
        ("CITATION.cff", "2026-12-01", "2026-11-30", "must state date-released: 2026-12-01"),
        ("CITATION.cff", "date-released: '2026-12-01'\n", "", "must state date-released"),
    ],
)
def test_version_that_is_not_the_same_everywhere_is_refused(versions, file, old, new, message):
    text = (versions / file).read_text("utf-8")
    assert old in text
    (versions / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        release_notes.notes(versions, "v1.2.0")


def test_site_may_differ_in_addresses_and_in_nothing_else(book):
    tested = {name: content for name, content in book.published().items() if name != ".buildinfo"}
    result = book.build(SITE_URL="https://example.org/notes")
    assert result.status == 0, result.output
    site = {name: content for name, content in book.published().items() if name != ".buildinfo"}
    assert tested["second.html"] != site["second.html"]
    assert site_differences.differences(tested, site) == []
    site["second.html"] = site["second.html"].replace(b"second page", b"second sheet")
    site["more.html"] = b""
    del site["index.html"]
    assert site_differences.differences(tested, site) == [
        "index.html", "more.html", "second.html",
    ]  # fmt: skip
