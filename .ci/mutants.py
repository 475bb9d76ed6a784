"""Make small faults in the packages, one at a time, and see that a test notices each.

``python mutants.py`` tries a sample of all modules in ``mutants.toml``, the same one every time;
``python mutants.py klhelpers/divergences.py`` tries all mutants of one module.

A mutant is one fault, such as a ``<=`` in place of a ``<``.  mutmut makes the mutants and runs the
tests, each time in a process that is forked from one where everything is imported.  Its settings
come from here, so that a module is tried against its own tests only.  A mutant is known by the
function and the lines that it changes, and not by its number, which moves when code is edited: so
the sample stays the same, and ``mutants_explained.toml`` can say why no test notices a mutant.
The end is a table, and the status 1 if a mutant survived without an explanation.
"""

import argparse
import difflib
import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import libcst
import mutmut
from mutmut.configuration import reset_config
from mutmut.mutation.file_mutation import create_mutations, deep_replace
from mutmut.mutation.trampoline_templates import mangle_function_name
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name

CLONE = Path(__file__).resolve().parents[1]
PLACES = {"klhelpers": (CLONE, "klhelpers"), "vectorplayer": (CLONE / "vectorplayer", "src")}
"""Folder of a distribution, and where in it the modules are."""

COPIED = {
    "klhelpers": [".ci", "_ext", "_static", "benchmarks", "tests", "vectorplayer"],
    "vectorplayer": ["README.md", "examples", "tests"],
}
"""What the tests need beside the modules."""


@dataclass
class Group:
    """Modules that have tests in common."""

    name: str
    modules: list[str]
    tests: list[str]
    without: list[str] = field(default_factory=list)
    """Those of the tests that take too long, such as one that alone needs TensorFlow."""
    distribution: str = "klhelpers"

    @property
    def source(self):
        """Folder of the distribution."""
        return PLACES[self.distribution][0]

    @property
    def stage(self):
        """Where mutmut works: it writes into the folder in which it is called."""
        return CLONE / "_build" / "mutants" / self.name

    def paths(self, wanted):
        """List the modules, relative to the source; only the wanted one if there is one."""
        package = f"{PLACES[self.distribution][1]}/**/*.py"
        for path in sorted(path.relative_to(self.source) for path in self.source.glob(package)):
            if any(fnmatch(str(path), pattern) for pattern in self.modules) and (
                not wanted or (self.source / path).relative_to(CLONE) == wanted
            ):
                yield path

    def prepare(self):
        """Make the folder, with links to the sources and with settings of its own."""
        self.stage.mkdir(parents=True, exist_ok=True)
        folder = PLACES[self.distribution][1]
        for name in (folder, *COPIED[self.distribution]):
            link = self.stage / name
            if not link.is_symlink():
                link.symlink_to(self.source / name)
        settings = {
            "source_paths": [folder],
            "only_mutate": self.modules,
            "also_copy": COPIED[self.distribution],
            "pytest_add_cli_args": [
                *("-p", "without_browser", "-p", "no:cacheprovider"),
                *("-o", "addopts=--import-mode=importlib"),  # examples are no tests of details
                *(f"--deselect=tests/{name}" for name in self.without),
            ],
            "pytest_add_cli_args_test_selection": [f"tests/{name}" for name in self.tests],
            "process_isolation": "forkserver",  # TensorFlow must not have been used before a fork
            "use_git_change_detection": False,
            # A mutant that does not end has this many seconds, and more for tests that are slow.
            "timeout_constant": float(os.environ.get("MUTANTS_SECONDS", 20)),
            "timeout_multiplier": 3.0,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        text = (self.source / "pyproject.toml").read_text("utf-8")
        text = "\n".join([text, "[tool.mutmut]", *lines, ""])
        (self.stage / "pyproject.toml").write_text(text, "utf-8")
        # mutmut remembers which functions a test calls, even if the test has been edited since.
        (self.stage / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
        os.chdir(self.stage)
        reset_config()

    def mutants(self, path):
        """Map the names that mutmut gives to a module's mutants to what they change."""
        text = (self.source / path).read_text("utf-8")
        module, mutations, *_ = create_mutations(str(path), text)
        classes = {
            method: statement.name.value
            for statement in module.body
            if isinstance(statement, libcst.ClassDef)
            for method in statement.body.body
        }
        numbers, seen, found = Counter(), Counter(), {}
        for mutation in mutations:
            function = mutation.contained_by_top_level_function
            if not isinstance(function, libcst.FunctionDef):
                continue  # mutmut leaves out what is executed when a module is imported
            numbers[function] += 1
            owner = classes.get(function)
            mangled = mangle_function_name(name=function.name.value, class_name=owner)
            name = get_mutant_name(path, f"{mangled}__mutmut_{numbers[function]}")
            mutated = deep_replace(function, mutation.original_node, mutation.mutated_node)
            place = ".".join(filter(None, [owner, function.name.value]))
            change = f"{path}: {place}: {difference(function, mutated)}"
            seen[change] += 1
            found[name] = change if seen[change] == 1 else f"{change} (again: {seen[change]})"
        return found

    def try_all(self, names, processes):
        """Run the tests for each of these mutants."""
        program = "from mutmut.__main__ import cli; cli()"
        folders = [str(CLONE / ".ci"), str(Path(mutmut.__file__).parents[1])]
        done = subprocess.run(
            [sys.executable, "-c", program, "run", "--max-children", str(processes), *names],
            cwd=self.stage,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(folders), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=limit_memory,
        )
        if done.returncode:
            sys.exit(f"mutmut failed on {self.name}:\n{done.stdout[-8000:]}")

    def verdicts(self, path):
        """Map the names of a module's mutants to what became of them."""
        meta = json.loads((self.stage / "mutants" / f"{path}.meta").read_text("utf-8"))
        return {name: status_by_exit_code[code] for name, code in meta["exit_code_by_key"].items()}


def limit_memory():
    """Let a mutant fail that collects numbers without end, before memory is full."""
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def difference(function, mutated):
    """Write the lines that differ, as ``old -> new``."""
    before, after = (libcst.Module([node]).code.splitlines() for node in (function, mutated))
    lines = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    old, new = (
        " ".join(" ".join(line[1:] for line in lines if line[0] == sign).split()) for sign in "-+"
    )
    return f"{old} -> {new}"


def sample(mutants, count):
    """Choose some by chance, and the same ones each time."""
    names = sorted(mutants, key=lambda name: hashlib.sha256(mutants[name].encode()).digest())
    return {name: mutants[name] for name in names[:count]}


def explained(changes):
    """Choose those of which `mutants_explained.toml` says why no test notices them."""
    entries = tomllib.loads((CLONE / ".ci" / "mutants_explained.toml").read_text("utf-8"))["equal"]
    exact = {mutant for entry in entries for mutant in entry.get("mutants", ())}
    patterns = [re.compile(pattern) for entry in entries for pattern in entry.get("patterns", ())]
    return {
        change
        for change in changes
        if change in exact or any(pattern.fullmatch(change) for pattern in patterns)
    }


def main():
    """Try the mutants and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("module", nargs="?", type=Path, help="try all mutants of this module")
    parser.add_argument("--sample", type=int, default=24, help="number of mutants per module")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    unexplained, late, rows = [], [], []
    groups = tomllib.loads((CLONE / ".ci" / "mutants.toml").read_text("utf-8"))
    for group in (Group(name, **settings) for name, settings in groups.items()):
        paths = list(group.paths(options.module))
        if not paths:
            continue
        group.prepare()
        count = None if options.module else options.sample
        chosen = {path: sample(group.mutants(path), count) for path in paths}
        names = [name for mutants in chosen.values() for name in mutants]
        if not names:
            continue
        print(f"{group.name}: {len(names)} mutants", flush=True)
        group.try_all(names, options.processes)
        for path, mutants in chosen.items():
            verdicts = group.verdicts(path)
            noticed = [name for name in mutants if verdicts[name] in ("killed", "timeout")]
            left = {change for name, change in mutants.items() if name not in noticed}
            equal = explained(left)
            rows.append((path, len(mutants), len(noticed), len(equal)))
            unexplained += sorted(left - equal)
            late += [mutants[name] for name in mutants if verdicts[name] == "timeout"]
    if not rows:
        sys.exit(f"{options.module} is not one of the modules in .ci/mutants.toml.")
    report(rows, unexplained, late)


def report(rows, unexplained, late):
    """Print the table; end with the status 1 if mutants are left."""
    rows = [row for row in rows if row[1]]
    total = ("all", *(sum(row[k] for row in rows) for k in (1, 2, 3)))
    print("\n| module | mutants | killed | | explained | left |\n| --- " + "| ---: " * 5 + "|")
    for path, tried, killed, equal in (*rows, total):
        share = f"{killed / tried:.0%}"
        print(f"| {path} | {tried} | {killed} | {share} | {equal} | {tried - killed - equal} |")
    if late:
        print("\nKilled since they ran out of time, which a busy machine can cause, too:")
        print("\n".join(late))
    if unexplained:
        print("\nNo test notices these, and .ci/mutants_explained.toml does not say why:")
        print("\n".join(unexplained))
        sys.exit(1)


if __name__ == "__main__":
    main()
