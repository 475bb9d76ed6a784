"""The two directions of the KL divergence: names, arrows, and which distribution comes first.

``"reverse"`` is KL(q‖p) and ``"forward"`` is KL(p‖q), the names of ``tfp.vi``.  The first
argument of a divergence does the averaging: KL(a‖b) = E_a[log a − log b].
"""

from typing import Any, TypeVar

from klhelpers._shown import shown

T = TypeVar("T")

ARROWS = {"reverse": "KL(q‖p)", "forward": "KL(p‖q)"}  # in the order of every figure and table


def check_direction(direction: Any) -> str:
    """Return `direction` if it is "reverse" or "forward", else raise ValueError."""
    if not (isinstance(direction, str) and direction in ARROWS):
        raise ValueError(
            f"direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got {shown(direction)}"
        )
    return direction


def heading(direction: str) -> str:
    """Name a direction as the title of a panel does.

    Examples
    --------
    >>> heading("reverse")
    'Reverse KL(q‖p)'
    """
    return f"{direction.capitalize()} {ARROWS[direction]}"


def ordered(direction: str, p: T, q: T) -> tuple[T, T]:
    """Return the target p and the approximation q as the arguments (a, b) of KL(a‖b).

    Examples
    --------
    >>> ordered("reverse", "p", "q"), ordered("forward", "p", "q")
    (('q', 'p'), ('p', 'q'))
    """
    return (p, q) if check_direction(direction) == "forward" else (q, p)
