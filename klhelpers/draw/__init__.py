"""Figures: density contours, exact ellipses, and the animation of a recorded fit."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "animation": ["animate_fit"],
        "contours": ["density_grid", "plot_density_contours"],
        "ends": ["end_style"],
        "styles": ["contour_style", "line_style"],
    },
)
