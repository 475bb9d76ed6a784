"""Whether what runs is to be printed into a page, where no kernel will answer."""

import os

STATIC_VARIABLE = "KLHELPERS_STATIC"
"""Environment variable: set to 1, outputs hold only what works without a kernel.

A cell cannot know whether the one who runs it will look at it in JupyterLab or has it printed
into a page.  Whoever builds pages sets the variable, and kernels inherit it.  Explorers then show
the face that needs no kernel and no other, and fits show no progress bar.  A page so holds no
control that is dead, and no state of a widget, whose ids differ from run to run.
"""


def static_only() -> bool:
    """Whether `STATIC_VARIABLE` asks for what works without a kernel."""
    return os.environ.get(STATIC_VARIABLE, "0") not in ("", "0")
