"""Colours of a light figure, and those that take their place on a dark page."""

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

GROUND = 0x12 / 255  # sRGB level of the dark page for which the colours are made, #121212
LIFT = 0.7  # less than 1: colours of middle lightness need more contrast on a dark page
STEPS = 12  # bisections; the last one is below a level of sRGB
ROUNDING = 1e-6
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

Rows = NDArray[np.float64]


def linear(rgb: Rows) -> Rows:
    """Return the linear light of sRGB levels between 0 and 1."""
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(color: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, from 1 to 21.

    Examples
    --------
    >>> contrast("white", "black")
    21.0
    """
    low, high = sorted(linear(np.array([to_rgb(color), to_rgb(other)])) @ LUMINANCE)
    return round(float((high + 0.05) / (low + 0.05)), 3)


def dark_counterparts(colors: list[str]) -> list[str]:
    """Return colours for a dark page, where they stand out no less than the given ones on white.

    Parameters
    ----------
    colors : list of str

    Returns
    -------
    list of str
        As ``#rrggbb``.

    Notes
    -----
    The contrast with #121212 is at least that of the colour with white, up to 12; near-black would
    need more than white has.  The darker a colour, the lighter is its counterpart, so that a scale
    of colours stays one, and white becomes #121212.  The hue is that of OKLCH, and so is the chroma
    where a screen can show it.

    Examples
    --------
    >>> dark_counterparts(["#ffffff", "#000000", "#0057a8"])
    ['#121212', '#ffffff', '#77b4ff']
    """
    light = linear(np.array([to_rgb(color) for color in colors]))
    ground = float(linear(np.array(GROUND)))
    darkest, lightest = np.log(1.05 / 0.05), np.log(1.05 / (ground + 0.05))
    share = np.log(1.05 / np.maximum(light @ LUMINANCE + 0.05, 0.05)) / darkest
    wanted = (ground + 0.05) * np.exp(lightest * np.maximum(share, 0) ** LIFT) - 0.05
    chroma = (np.cbrt(light @ TO_LMS.T) @ TO_LAB.T)[:, 1:]  # with its hue, as a and b
    low, high = np.zeros(len(colors)), np.ones(len(colors))
    for _ in range(STEPS):
        middle = (low + high) / 2
        too_dark = _shown(middle, chroma) @ LUMINANCE < wanted
        low, high = np.where(too_dark, middle, low), np.where(too_dark, high, middle)
    made = _shown(high, chroma)
    levels = np.where(made <= 0.0031308, made * 12.92, 1.055 * made ** (1 / 2.4) - 0.055)
    return ["#" + bytes(row).hex() for row in np.rint(levels * 255).astype(np.uint8)]


def _shown(lightness: Rows, chroma: Rows) -> Rows:
    """Return colours of OKLab as linear light, with as much of the chroma as a screen shows."""
    made = _light(lightness, chroma)
    over = ~_fits(made)
    if over.any():
        lightness, chroma = lightness[over], chroma[over]
        low, high = np.zeros(len(lightness)), np.ones(len(lightness))
        for _ in range(STEPS):
            middle = (low + high) / 2
            fits = _fits(_light(lightness, chroma * middle[:, np.newaxis]))
            low, high = np.where(fits, middle, low), np.where(fits, high, middle)
        made[over] = _light(lightness, chroma * low[:, np.newaxis])
    return np.clip(made, 0, 1)


def _fits(rgb: Rows) -> NDArray[np.bool_]:
    return np.asarray(((rgb >= -ROUNDING) & (rgb <= 1 + ROUNDING)).all(axis=1))


FROM_LAB, FROM_LMS = np.linalg.inv(TO_LAB), np.linalg.inv(TO_LMS)


def _light(lightness: Rows, chroma: Rows) -> Rows:
    lab = np.column_stack([lightness, chroma])
    return (lab @ FROM_LAB.T) ** 3 @ FROM_LMS.T
