"""Install klhelpers without its extra `fit` into an empty environment and use it there.

``python3 wheel_without_fit.py [WHEEL WHEEL]`` installs both packages from their folders, or from
wheels.  It runs ``without_fit.py`` and the examples of the README that do without the extra, and
measures what was installed.
"""

import sys
import tempfile
from pathlib import Path

from readme_in_wheel import ROOT, environment, examples, run, run_examples
from weights import megabytes

MOST = 300  # megabytes
# What needs the extra; tests/test_without_fit.py compares it with where the names are defined.
NEED_FIT = (
    "MonteCarloKL",
    "gaussian_target",
    "lecture_start",
    "lecture_target",
    "log_ratios",
    "loss_and_grads",
    "minimize_kl",
    "monte_carlo_kl",
    "trainable_diag_gaussian",
    "trainable_full_gaussian",
)


def main(*packages):
    """Do it; end with an error if a program fails or too much is installed."""
    readme = (ROOT / "klhelpers" / "README.md").read_text("utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folder = scratch / "environment"
        python = environment(folder, *(packages or ("./vectorplayer", ".")))
        run([python, "-W", "error", ROOT / ".ci" / "without_fit.py", ",".join(NEED_FIT)], scratch)
        run_examples(python, examples(readme, without=NEED_FIT), scratch)
        size = megabytes(folder)
    print(f"klhelpers works without TensorFlow; {size:.0f} MB are installed.")
    if size > MOST:
        sys.exit(f"klhelpers without TensorFlow must need at most {MOST} MB; it needs {size:.0f}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
