"""Install klhelpers without its extra `fit` into an empty environment and use it there.

It runs ``without_fit.py`` and measures what was installed.
"""

import sys
import tempfile
from pathlib import Path

from readme_in_wheel import ROOT, environment, run

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


def main():
    """Do it; end with an error if the program fails or too much is installed."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        python = environment(scratch / "environment", "./vectorplayer", ".")
        run([python, "-W", "error", ROOT / ".ci" / "without_fit.py", ",".join(NEED_FIT)], scratch)
        (packages,) = (scratch / "environment" / "lib").glob("python*/site-packages")
        size = sum(file.stat().st_size for file in packages.rglob("*") if file.is_file()) / 1e6
    print(f"klhelpers works without TensorFlow; {size:.0f} MB are installed.")
    if size > MOST:
        sys.exit(f"klhelpers without TensorFlow must need at most {MOST} MB; it needs {size:.0f}.")


if __name__ == "__main__":
    main()
