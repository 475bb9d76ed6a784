"""Time and memory of a command with all processes that it starts; on Linux."""

import contextlib
import re
import resource
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE = 0.1
"""Seconds between two looks at the processes."""

LOOKS_PER_SUM = 4
"""To sum up the memory of large processes takes longer than to read their times."""


@dataclass
class Cost:
    """What a command has used: seconds, seconds of processors, and bytes at the peak.

    What other programs have used of the processors meanwhile tells how far to trust the seconds.
    """

    wall: float
    processor: float
    memory: int
    others: float


def used_by_ended_children() -> float:
    """Seconds of processors that the children of this process, and theirs, have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def used_by_all() -> float:
    """Seconds of processors that all programs have used since the system started."""
    times = psutil.cpu_times()
    return sum(times[:8]) - times.idle - times.iowait  # the last two are in the first two


def ignores_its_children(process: psutil.Process) -> bool:
    """Tell whether the system drops the times of a process's children when they end."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii", "replace")
    ignored = int(re.search(r"^SigIgn:\s*(\w+)$", status, re.MULTILINE)[1], 16)
    return bool(ignored >> (signal.SIGCHLD - 1) & 1)


class Watch:
    """What is seen of a running process and its descendants."""

    def __init__(self, number: int) -> None:
        self._root = psutil.Process(number)
        self._dropped: dict[int, float] = {}  # seconds by process, of those that nobody waits for
        self.memory = 0

    @property
    def dropped(self) -> float:
        """Seconds that the system does not add to those of the parents.

        Of each process the last fraction of a second is missing, after the last look at it.
        """
        return sum(self._dropped.values())

    def look(self, *, with_memory: bool) -> None:
        """Look once; processes may end meanwhile."""
        memory = 0
        with contextlib.suppress(psutil.Error):
            for process in [self._root, *self._root.children(recursive=True)]:
                with contextlib.suppress(psutil.Error, OSError):
                    if ignores_its_children(process.parent()):
                        times = process.cpu_times()
                        self._dropped[process.pid] = times.user + times.system
                    if with_memory:
                        memory += process.memory_full_info().pss  # shared pages by their share
        self.memory = max(self.memory, memory)


def measured(command: list[str], **options) -> tuple[Cost, int]:
    """Run a command; return its cost and its status."""
    start, used, used_before = time.perf_counter(), used_by_ended_children(), used_by_all()
    process = subprocess.Popen(command, **options)
    watch, looks = Watch(process.pid), 0
    while process.poll() is None:
        watch.look(with_memory=looks % LOOKS_PER_SUM == 0)
        looks += 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PAUSE)
    wall = time.perf_counter() - start
    own = used_by_ended_children() - used + watch.dropped
    others = used_by_all() - used_before - own
    return Cost(wall, own, watch.memory, max(others, 0.0)), process.returncode
