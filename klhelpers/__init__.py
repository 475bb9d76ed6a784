"""Helpers of the course notes on minimising the Kullback-Leibler divergence.

Every public name is loaded at its first use (the convention of SPEC 1), so that
``import klhelpers`` is quick, prints nothing, and leaves TensorFlow alone until a distribution
or a fit is asked for.  Plotting, animation and the closed forms never load it.
"""

import lazy_loader as _lazy

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = _lazy.attach(
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
    },
)
