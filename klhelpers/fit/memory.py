"""Whether the record of a fit fits into the memory."""

import os

_COPIES = 3  # parts, the arrays that they are joined to, and the trajectory's own


def check_record_size(entries: int, entry_bytes: int) -> None:
    """Raise ValueError if a record of so many entries needs more memory than is available."""
    needed, available = entries * entry_bytes, available_memory()
    if available is not None and _COPIES * needed > available:
        raise ValueError(
            f"the record of {entries:,} steps would have {needed / 1e9:,.1f} GB, and {_COPIES} "
            f"times that while it is put together; {available / 1e9:,.1f} GB are available: give "
            "record_every a larger value, or num_steps a smaller one"
        )


def available_memory() -> int | None:
    """Bytes that a program can have; None where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            sizes = dict(line.split(":") for line in lines)
        return int(sizes["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError):
        pass
    try:  # all memory, where the part that is free is not known
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None
