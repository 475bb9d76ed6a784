"""What klhelpers does without its extra `fit`: run where TensorFlow is not installed."""

import sys
from pathlib import Path

import matplotlib
import numpy as np

import klhelpers as kl

matplotlib.use("Agg")
LIVE = (
    kl.BetweenFigure,
    kl.FitFigure,
    kl.GuessFigure,
    kl.ModesFigure,
    kl.PairFigure,
    kl.SurfaceFigure,
)
NEED_FIT = sys.argv[1].split(",")


class Target:
    """A target of your own: a function of points, and no distribution of TensorFlow."""

    def prob(self, x):
        """Return the standard normal density in two dimensions."""
        return np.exp(-(x**2).sum(axis=1) / 2) / (2 * np.pi)


def message_of(call):
    """Return the message of the ImportError that `call` raises."""
    try:
        call()
    except ImportError as error:
        return str(error)
    raise AssertionError("no ImportError")


# Type checkers find the marker and the stubs.
for typed in ("py.typed", "__init__.pyi", "fit/__init__.pyi"):
    assert (Path(kl.__file__).parent / typed).is_file(), typed

# Every public name can be loaded, or says what it needs.
for name in kl.__all__:
    if name not in NEED_FIT:
        getattr(kl, name)
        continue
    expected = f"klhelpers.{name} needs TensorFlow Probability: pip install 'klhelpers[fit]'"
    assert message_of(lambda name=name: getattr(kl, name)) == expected, name
assert "klhelpers.fit.minimize_kl needs" in message_of(lambda: kl.fit.minimize_kl)

# Closed forms
L = np.linalg.cholesky([[1.0, 0.6], [0.6, 1.0]])
assert np.isclose(kl.kl_floor(L, direction="forward"), -0.5 * np.log(1 - 0.36))
assert np.isclose(kl.kl_gaussian([0.0], [[1.0]], [1.0], [[1.0]]), 0.5)

# Contours, and the animation of a given trajectory
X1, X2 = kl.density_grid(num=30)
kl.plot_density_contours(Target().prob, X1, X2)
fit = kl.Trajectory("reverse", [1.0, 0.5], np.zeros((2, 2)), np.tile(np.eye(2), (2, 1, 1)))
animation = kl.animate_fit(fit, Target(), X1=X1, X2=X2, levels=[0.01, 0.1], loss_curves=True)
animation.save("fit.html", writer="vector_html")

# Live figures, whose distributions alone need TensorFlow
for figure in (make() for make in LIVE):
    assert "<kl-live" in figure.html
assert kl.FitFigure().run("reverse").loss.size > 1
for get in (lambda: kl.PairFigure().p, kl.FitFigure().trainable_q, lambda: kl.ModesFigure().q):
    assert "pip install 'klhelpers[fit]'" in message_of(get)

# Questions
ask = kl.Numeric("1 + 1?", 2, tolerance=0.1, explanation="Count.", hint="Fingers.")
assert "<form" in kl.Questions(ask).html
assert not {"tensorflow", "tqdm"} & {name for name, module in sys.modules.items() if module}
