"""Helpers of the course notes on minimising the Kullback-Leibler divergence.

Every public name is loaded at its first use (the convention of SPEC 1), so that
``import klhelpers`` is quick, prints nothing, and leaves TensorFlow alone until a distribution,
an estimate or a fit is asked for.  Plotting, animation, live figures and the closed forms never
load it: it is the extra ``klhelpers[fit]``, and without it the names that need it raise an
ImportError.
"""

import lazy_loader as _lazy

__version__ = "0.1.0"

_load, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "captioned": ["Captioned"],
        "claims": ["claim"],
        "distributions": [
            "gaussian_target",
            "lecture_start",
            "lecture_target",
            "trainable_diag_gaussian",
            "trainable_full_gaussian",
        ],
        "divergences": ["DiagGaussian", "kl_floor", "kl_gaussian", "optimal_diag_gaussian"],
        "draw": [
            "animate_fit",
            "contour_style",
            "density_grid",
            "end_style",
            "line_style",
            "plot_density_contours",
        ],
        "estimators": ["MonteCarloKL", "log_ratios", "monte_carlo_kl"],
        "explore": ["Explorer", "explore_fit"],
        "fit": ["NonFiniteLossError", "Trajectory", "loss_and_grads", "minimize_kl"],
        "live": [
            "FitFigure",
            "GuessFigure",
            "LiveFigure",
            "ModesFigure",
            "PairFigure",
            "SurfaceFigure",
        ],
        "questions": ["Choice", "Numeric", "Questions"],
        "tails": ["tail_index"],
    },
)


def __getattr__(name):
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        from klhelpers._fit_extra import explained

        raise explained(f"{__name__}.{name}", error) from error.__cause__
