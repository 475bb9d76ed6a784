"""Workflows run actions by commit, may only read unless they publish, and end by themselves."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.y*ml"))
}
RULES = re.findall(r"^([a-z][\w -]*):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
TARGETS = {target for rule in RULES for target in rule.split()}

USES = re.compile(r"^(\./\.github/workflows/[\w-]+\.yml|[\w.-]+/[\w./-]+@[0-9a-f]{40})$")

MAY = {
    ("ci.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("release.yml", "release"): {
        "contents": "write", "id-token": "write", "attestations": "write",
    },
}  # fmt: skip
"""What the jobs that publish may do beyond reading."""

PLAIN = re.compile(r"^(sha256sum|gh release create) ")
"""What a job that publishes may run: no program of the repository or of a package."""


def faults(workflow, may=None):
    """Return what is wrong with a workflow, one text for each fault."""
    found = []
    may = may or {}
    if workflow.get("permissions") != {"contents": "read"}:
        found.append("the workflow may do more than read")
    for name, job in workflow["jobs"].items():
        if "permissions" in job:
            found += faults_of_publishing(name, job, workflow, may.get(name))
        if "timeout-minutes" not in job and "uses" not in job:  # a called workflow has its own
            found.append(f"{name} has no time limit")
        for place in [job, *job.get("steps", [])]:
            uses = place.get("uses")
            if uses and not USES.match(uses):
                found.append(f"{name} uses {uses}")
            keeps = place.get("with", {}).get("persist-credentials") is not False
            if uses and uses.startswith("actions/checkout@") and keeps:
                found.append(f"{name} keeps credentials")
            if "${{" in place.get("run", ""):
                found.append(f"{name} puts values into a command")
    return found


def faults_of_publishing(name, job, workflow, may):
    """Return what is wrong with a job that may do more than read."""
    needs = job.get("needs", [])
    called = [
        workflow["jobs"][one].get("uses") for one in ([needs] if needs == str(needs) else needs)
    ]
    if job["permissions"] != may:
        yield f"{name} has permissions of its own"
    if "./.github/workflows/tests.yml" not in called:
        yield f"{name} publishes what was not tested"
    for step in job["steps"]:
        run = step.get("run", "gh release create ")
        if not PLAIN.match(run) or step.get("uses", "").startswith("actions/checkout@"):
            yield f"{name} runs a program while it may write"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_has_no_fault(name):
    may = {job: permissions for (file, job), permissions in MAY.items() if file == name}
    assert faults(WORKFLOWS[name], may) == []
    assert may.keys() <= WORKFLOWS[name]["jobs"].keys()


def test_a_tag_is_a_fault_and_so_is_all_that_is_missing():
    steps = [{"uses": "actions/checkout@v4"}, {"run": "make test ${{ github.ref }}"}]
    workflow = {"jobs": {"test": {"permissions": "write-all", "steps": steps}}}
    assert faults(workflow) == [
        "the workflow may do more than read",
        "test has permissions of its own",
        "test publishes what was not tested",
        "test runs a program while it may write",
        "test runs a program while it may write",
        "test has no time limit",
        "test uses actions/checkout@v4",
        "test keeps credentials",
        "test puts values into a command",
    ]


def commands():
    """Yield each command that a workflow runs."""
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            for step in job.get("steps", []):
                if "run" in step:
                    yield from step["run"].splitlines()


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_command_is_a_target_or_a_script_of_ours_or_a_plain_tool(command):
    program, *arguments = command.split()
    if program == "make":
        targets = {argument for argument in arguments if "=" not in argument}
        assert targets and targets <= TARGETS
    elif program in ("python3", ".ci/run"):
        assert (ROOT / (arguments[0] if arguments else program)).is_file()
    else:
        assert program in ("cat", "gh", "mkdir", "sha256sum")


def test_what_is_published_was_uploaded_by_the_tests():
    steps = WORKFLOWS["tests.yml"]["jobs"]["test"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs == [".ci/run", "make release", "make site"]
    uploaded = {step["with"]["name"]: step["with"]["path"]
                for step in steps if "upload-artifact" in step.get("uses", "")}  # fmt: skip
    assert uploaded == {"release": "_build/release", "site": "_build/html"}
    for name, job, artifact in [
        ("ci.yml", "deploy", "site"),
        ("release.yml", "release", "release"),
    ]:
        first = WORKFLOWS[name]["jobs"][job]["steps"][0]
        assert first["uses"].startswith("actions/download-artifact@")
        assert first["with"]["name"] == artifact


def test_one_action_has_one_commit():
    """A commit that is changed in one place and not in another is a mistake."""
    found = {}
    for path in FOLDER.glob("*.yml"):
        for action, commit, version in re.findall(
            r"uses: ([\w./-]+)@([0-9a-f]{40}) # (v[\d.]+)$", path.read_text("utf-8"), re.MULTILINE
        ):
            found.setdefault(action, set()).add((commit, version))
    assert len(found) >= 7
    assert {action: pins for action, pins in found.items() if len(pins) > 1} == {}


def test_what_changes_without_a_push_runs_every_week():
    weekly = WORKFLOWS["weekly.yml"]
    assert weekly[True]["schedule"]  # YAML 1.1 reads `on` as true
    runs = {step.get("run") for job in weekly["jobs"].values() for step in job.get("steps", [])}
    assert {"make audit", "make links", "make test-downloads", "make test-thorough"} <= runs


def test_pages_are_published_from_pushes_alone():
    job = WORKFLOWS["ci.yml"]["jobs"]["deploy"]
    assert job["if"] == "github.event_name == 'push'"
    assert WORKFLOWS["ci.yml"][True]["push"] == {"branches": ["main"]}
