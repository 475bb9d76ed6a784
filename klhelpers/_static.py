"""Whether outputs are for a published page, where no kernel runs."""

import os

STATIC_VARIABLE = "KLHELPERS_STATIC"
"""Environment variable: if it is 1 or true, outputs hold only what works without a kernel.

A cell cannot know whether its output is for JupyterLab or for a page.  The build of the pages
sets the variable, and its kernels inherit it.  Explorers then show their player only, live
figures their element, and fits show no progress bar.  So a page has no control that does not
work, and no widget state, whose ids differ from run to run.
"""

_NO = {"", "0", "false", "no", "off"}

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
"""The format of an output that a kernel keeps alive."""


def static_only() -> bool:
    """Whether `STATIC_VARIABLE` asks for what works without a kernel."""
    return os.environ.get(STATIC_VARIABLE, "").strip().lower() not in _NO
