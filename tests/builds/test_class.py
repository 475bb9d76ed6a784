"""The page for those who serve a class says what the files say, and what was measured."""

import json
import re
import shlex
from statistics import median
from urllib.parse import parse_qs, urlsplit

import class_cost
import pytest
import yaml
from site_weight import gzipped, note_files
from tiny_book import ROOT

TEXT = (ROOT / "class.md").read_text("utf-8")
VALUES = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
STUDENTS = json.loads((ROOT / "benchmarks" / "students.json").read_text("utf-8"))
WEIGHTS = json.loads((ROOT / "benchmarks" / "site_weight.json").read_text("utf-8"))
BLOCKS = re.findall(r"^```(?:text)?\n(.*?)\n```$", TEXT, re.MULTILINE | re.DOTALL)
REPOSITORY = "https://git.example.org/minimising-kl"
CHAPTER = "chapters/analytic-kl.md"


def row(beginning):
    """Return the numbers of a row of a table."""
    (line,) = re.findall(rf"^\| {re.escape(beginning)}.*$", TEXT, re.MULTILINE)
    return [float(number) for number in re.findall(r"[\d.]+", line.replace(",", "").split(":")[-1])]


def test_the_image_has_one_name():
    image = VALUES["singleuser"]["image"]
    assert f"--image-name {image['name']}:{image['tag']} " in TEXT
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert image["tag"] == version[1]


def test_the_link_and_the_hub_put_the_notes_into_the_same_folder():
    (link,) = (block for block in BLOCKS if "git-pull" in block)
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    folder = REPOSITORY.rpartition("/")[2]
    assert asked == {
        "repo": [REPOSITORY], "branch": ["main"], "urlpath": [f"lab/tree/{folder}/{CHAPTER}"],
    }  # fmt: skip
    single = VALUES["singleuser"]
    assert single["defaultUrl"] == f"/lab/tree/{folder}/{CHAPTER}"
    command = single["lifecycleHooks"]["postStart"]["exec"]["command"]
    assert command[:2] == ["sh", "-c"]
    assert f" gitpuller {REPOSITORY} main {folder} || true" in command[2]


def test_the_link_of_binder_opens_a_chapter():
    (link,) = (block for block in BLOCKS if "mybinder" in block)
    assert parse_qs(urlsplit(link).query) == {"urlpath": [f"lab/tree/{CHAPTER}"]}
    assert (ROOT / CHAPTER).is_file()


def test_a_student_may_use_more_memory_than_any_chapter_needed():
    memory = VALUES["singleuser"]["memory"]
    guarantee, limit = (float(memory[key].removesuffix("G")) for key in ("guarantee", "limit"))
    most = max(chapter["peak_mb"] for chapter in STUDENTS["chapters"].values()) / 1000
    assert most <= guarantee
    assert 2 * most <= limit  # two chapters are open
    assert f"guarantee {guarantee:g} GB, allow {limit:g} GB" in TEXT
    assert 60 * 30 == VALUES["singleuser"]["extraFiles"]["kernels"]["data"][
        "MappingKernelManager"]["cull_idle_timeout"]  # fmt: skip


def test_the_page_has_what_was_measured_of_students():
    first = STUDENTS["chapters"][STUDENTS["first"]]
    keys = ["seconds", "processor_seconds"]
    assert row("until the server answers") == [
        *(first[f"server_{key}"] for key in keys), first["server_mb"],
    ]  # fmt: skip
    assert row("then, until the first kernel") == [first[f"kernel_{key}"] for key in keys]
    assert row("then, until *Analytic") == [
        *(first[f"chapter_{key}"] for key in keys), first["peak_mb"],
    ]  # fmt: skip
    peaks = {name: chapter["peak_mb"] for name, chapter in STUDENTS["chapters"].items()}
    most = max(peaks, key=peaks.get)
    title = re.search(r"^# (.+)$", (ROOT / "chapters" / f"{most}.md").read_text("utf-8"), re.M)[1]
    assert f"held was {peaks[most]:,.0f} MB, in *{title}*" in TEXT
    assert f"the least was {min(peaks.values()):,.0f} MB" in TEXT
    assert STUDENTS["machine"] in TEXT
    assert f"its load was {STUDENTS['load_before']}" in TEXT
    assert set(peaks) == {path.stem for path in (ROOT / "chapters").glob("*.md")}


def test_the_page_has_what_was_measured_of_pages():
    pages = WEIGHTS["pages"]
    chapters = [page for name, page in pages.items() if name.startswith("chapters/")]
    first, later = ([page[key] for page in chapters] for key in ("first_kb", "later_kb"))
    assert f"{WEIGHTS['files']} files with {WEIGHTS['folder_mb']} MB" in TEXT
    assert row("the first page, if it is the landing page") == [pages["index"]["first_kb"]]
    assert row("the first page, if it is a chapter") == [min(first), median(first), max(first)]
    assert row("each chapter after") == [median(later), max(later)]
    everything = sum(page["later_kb"] for page in pages.values())
    assert row("all pages") == [everything]
    assert f"transfer {everything / 1000:.1f} GB" in TEXT


@pytest.mark.parametrize("name", ["index", "class"])
def test_the_sizes_are_still_so(name, new_page):
    """A tenth more or less is no reason to measure again."""
    page = new_page()
    files = note_files(page)
    page.goto((ROOT / "_build" / "html" / f"{name}.html").as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    assert gzipped(files) / 1000 == pytest.approx(WEIGHTS["pages"][name]["first_kb"], rel=0.1)


def test_the_example_is_what_its_command_prints(capsys):
    (command,) = (block for block in BLOCKS if block.startswith("python benchmarks/class_cost.py"))
    class_cost.main(shlex.split(command)[2:])
    assert capsys.readouterr().out.strip() in BLOCKS


def test_the_example_assumes_the_values(capsys):
    class_cost.main([])
    assumed = capsys.readouterr().out
    single = VALUES["singleuser"]
    memory = single["memory"]["guarantee"].removesuffix("G")
    class_cost.main(["--memory", memory, "--cpu", str(single["cpu"]["guarantee"])])
    assert capsys.readouterr().out == assumed


@pytest.mark.parametrize(
    ("given", "students"),
    [
        ((1, 0.25, 64, 16, 4), 60),  # by memory
        ((1, 0.5, 64, 16, 4), 32),  # by processors
        ((1.5, 0.1, 16, 8, 2), 9),
    ],
)
def test_students_per_node(given, students):
    assert class_cost.students_per_node(*given) == students


@pytest.mark.parametrize(
    ("students", "share", "result"),
    [(1000, 0.3, (300, 5)), (1000, 0.301, (301, 6)), (1, 1, (1, 1))],
)
def test_nodes(students, share, result):
    assert class_cost.nodes(students, share, 60) == result


def test_price(capsys):
    class_cost.main(["--students", "100", "--share", "1", "--hours", "10", "--price", "0.5"])
    assert "They cost 15.00, or 0.15 per student." in capsys.readouterr().out
    with pytest.raises(SystemExit):
        class_cost.main(["--memory", "100"])
    assert "too small for one student" in capsys.readouterr().err
