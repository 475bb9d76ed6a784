"""Densities on a grid and their contours, drawn on one Axes."""

import numbers
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

from klhelpers._checks import check_count, check_finite, float64_array
from klhelpers._shown import shown
from klhelpers.draw._values import values_at


def density_grid(
    limits: tuple[float, float] = (-5, 5), num: int = 200
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Square mesh of points, the same range on both axes.

    Parameters
    ----------
    limits : (float, float)
        First and last coordinate, increasing.
    num : int
        Points along each axis, at least 2.

    Returns
    -------
    X1, X2 : ndarray, shape (num, num)
        Coordinates as ``np.meshgrid`` gives them: X1 varies along columns, X2 along rows.

    Raises
    ------
    TypeError, ValueError
        If `limits` are not two increasing finite numbers or `num` is no whole number above 1.

    Examples
    --------
    >>> X1, X2 = density_grid((-1, 1), num=3)
    >>> X1[0].tolist(), X2[:, 0].tolist()
    ([-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0])
    """
    low_high = float64_array("limits", limits)
    if low_high.shape != (2,) or not np.all(np.isfinite(low_high)) or low_high[0] >= low_high[1]:
        raise ValueError(f"limits must be two increasing finite numbers; got {shown(limits)}")
    if low_high[1] / 2 - low_high[0] / 2 > np.finfo(np.float64).max / 2:
        raise ValueError(f"limits must have a finite distance; got {shown(limits)}")
    axis = np.linspace(low_high[0], low_high[1], check_count("num", num, least=2))
    X1, X2 = np.meshgrid(axis, axis)
    return X1, X2


def plot_density_contours(
    density: Callable[[NDArray[Any]], ArrayLike],
    X1: ArrayLike,
    X2: ArrayLike,
    contour_kwargs: Mapping[str, Any] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw contours of a bivariate density.

    Parameters
    ----------
    density : callable
        Takes points of shape (N, 2) and returns N values, as ``p.prob`` does; a TensorFlow
        tensor or anything that NumPy reads.
    X1, X2 : array_like, shape (rows, columns)
        Mesh coordinates, as from `density_grid`.
    contour_kwargs : mapping, optional
        Passed to ``Axes.contour``: levels, cmap, alpha, linestyles, ...
    ax : Axes, optional
        Where to draw; a new 7 × 7 inch figure of pyplot by default.

    Returns
    -------
    Axes
        The one that was drawn on.

    Raises
    ------
    TypeError
        If `density` cannot be called, it or the meshes do not give real numbers, `contour_kwargs`
        is no mapping, or `ax` no Axes.
    ValueError
        If the meshes differ in shape, have a single row or column or a number that is not finite,
        the density is not one of two dimensions, returns another shape, NaN or a negative number,
        or the levels do not increase.

    Notes
    -----
    Contours are linear interpolations between grid points: a density much narrower than the
    grid's spacing is drawn too small, with corners, or not at all.  Levels that lie above the
    density's peak draw nothing; two densities are comparable by eye only at the same levels.
    """
    if not isinstance(contour_kwargs, Mapping | None):
        raise TypeError(f"contour_kwargs must be a mapping; got {shown(contour_kwargs)}")
    if not isinstance(ax, Axes | None):
        raise TypeError(f"ax must be an Axes of Matplotlib; got {shown(ax)}")
    values = density_values(density, X1, X2)
    kwargs = dict(contour_kwargs or {})
    levels = kwargs.get("levels")
    if isinstance(levels, numbers.Integral):
        check_count("levels", levels)  # Matplotlib chooses about so many
    elif levels is not None:
        check_levels(levels)
    if ax is None:
        from matplotlib import pyplot as plt  # which drawing on a given Axes does without

        _, ax = plt.subplots(figsize=(7, 7))
    ax.contour(X1, X2, values, **kwargs)
    return ax


def density_values(
    density: Callable[[NDArray[Any]], ArrayLike],
    X1: ArrayLike,
    X2: ArrayLike,
    *,
    name: str = "density",
) -> NDArray[np.float64]:
    """Evaluate `density` on a mesh, checking what comes back; shape of `X1`."""
    if not callable(density):
        raise TypeError(f"density must be callable, like p.prob; got {shown(density)}")
    X1, X2 = float64_array("X1", X1), float64_array("X2", X2)
    if X1.ndim != 2 or X1.shape != X2.shape:
        raise ValueError(
            f"X1 and X2 must be meshes of one shape (rows, columns); got {X1.shape} and {X2.shape}"
        )
    if min(X1.shape) < 2:
        raise ValueError(f"X1 and X2 must have two rows and columns or more; got {X1.shape}")
    check_finite("X1", X1)
    check_finite("X2", X2)
    event_shape = getattr(getattr(density, "__self__", None), "event_shape", (2,))
    if tuple(event_shape) != (2,):
        raise ValueError(
            f"density must be of two dimensions, event shape (2,); got {tuple(event_shape)}"
        )
    values = values_at(density, np.column_stack([X1.ravel(), X2.ravel()]), name=name)
    return values.reshape(X1.shape)


def grid_contours(
    X1: NDArray[Any], X2: NDArray[Any], values: NDArray[Any], levels: NDArray[Any]
) -> list[Path]:
    """Contours of values on a mesh, one path per level, empty where no contour is found."""
    if not np.any((levels >= values.min()) & (levels <= values.max())):
        return [Path(np.empty((0, 2))) for _ in levels]  # Matplotlib would warn
    return list(Figure().subplots().contour(X1, X2, values, levels=levels).get_paths())


def check_levels(levels: ArrayLike) -> NDArray[np.float64]:
    """Return `levels` as an array if they are finite and increasing."""
    array = float64_array("levels", levels)
    finite = array.ndim == 1 and array.size > 0 and bool(np.all(np.isfinite(array)))
    if not finite or np.any(np.diff(array) <= 0):
        raise ValueError(f"levels must be finite and increasing; got {shown(levels)}")
    return array
