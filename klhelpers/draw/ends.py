"""Colours and markers for starts or fits that are told apart by where they end."""

from typing import Any

from klhelpers._checks import check_count
from klhelpers._shown import shown

# Neither those of p, of q and of the directions, nor alike for colour-blind readers; the markers
# differ without any colour.  All have a contrast of at least 3:1 on white.
_ENDS = (
    {"color": "#767676", "marker": "o"},
    {"color": "#7b2d8b", "marker": "s"},
    {"color": "#b8860b", "marker": "^"},
    {"color": "#c2185b", "marker": "D"},
)


def end_style(index: int) -> dict[str, Any]:
    """Look up how the points that end in one minimum are drawn, as keywords of ``Axes.plot``.

    Parameters
    ----------
    index : int
        Number of the minimum, from 0 to 3.

    Returns
    -------
    dict
        ``color``, ``marker`` and ``linestyle``, which is none.

    Raises
    ------
    TypeError
        If `index` is no whole number.
    ValueError
        If there is no such number.

    Examples
    --------
    >>> end_style(0)
    {'color': '#767676', 'marker': 'o', 'linestyle': ''}
    """
    number = check_count("index", index, least=0)
    if number >= len(_ENDS):
        raise ValueError(f"index must be from 0 to {len(_ENDS) - 1}; got {shown(index)}")
    return _ENDS[number] | {"linestyle": ""}
