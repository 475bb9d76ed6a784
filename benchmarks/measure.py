"""Timing, sizes, and the machine."""

import gzip
import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any


def seconds(run: Callable[[], Any], repeat: int) -> float:
    """Median wall time of `repeat` runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return median(times)


def weights(text: str | bytes) -> tuple[int, int]:
    """Bytes raw and gzipped."""
    data = text.encode() if isinstance(text, str) else text
    return len(data), len(gzip.compress(data, compresslevel=9, mtime=0))


PACKAGES = ("numpy", "matplotlib", "tensorflow", "svganim")


def machine(packages: tuple[str, ...] = PACKAGES) -> str:
    """One line on what ran this, with the versions of some packages."""
    cpuinfo = Path("/proc/cpuinfo")
    names = [
        line.split(":", 1)[1].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
        if line.startswith("model name")
    ]
    processor = names[0] if names else platform.processor() or platform.machine()
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{os.cpu_count()} × {processor}, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )
