"""Workflows run actions by commit, may only read, and end by themselves."""

import re
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.y*ml"))
USES = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")


def faults(workflow):
    """Return what is wrong with a workflow, one text for each fault."""
    found = []
    if workflow.get("permissions") != {"contents": "read"}:
        found.append("the workflow may do more than read")
    for name, job in workflow["jobs"].items():
        if "permissions" in job:
            found.append(f"{name} has permissions of its own")
        if "timeout-minutes" not in job:
            found.append(f"{name} has no time limit")
        for place in [job, *job.get("steps", [])]:
            uses = place.get("uses")
            if uses and not USES.match(uses):
                found.append(f"{name} uses {uses}")
            keeps = place.get("with", {}).get("persist-credentials") is not False
            if uses and uses.startswith("actions/checkout@") and keeps:
                found.append(f"{name} keeps credentials")
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_has_no_fault(path):
    assert faults(yaml.safe_load(path.read_text("utf-8"))) == []


def test_a_tag_is_a_fault_and_so_is_all_that_is_missing():
    steps = [{"uses": "actions/checkout@v4"}, {"run": "make test"}]
    workflow = {"jobs": {"test": {"permissions": "write-all", "steps": steps}}}
    assert faults(workflow) == [
        "the workflow may do more than read",
        "test has permissions of its own",
        "test has no time limit",
        "test uses actions/checkout@v4",
        "test keeps credentials",
    ]


def test_audit_runs_every_week():
    workflow = yaml.safe_load((FOLDER / "ci.yml").read_text("utf-8"))
    assert workflow[True]["schedule"]  # YAML 1.1 reads `on` as true
    assert workflow["jobs"]["audit"]["steps"][-1]["run"] == "make audit"
