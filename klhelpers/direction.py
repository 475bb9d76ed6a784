"""The two directions of the KL divergence: names, arrows, and which distribution comes first.

``"reverse"`` is KL(q‖p) and ``"forward"`` is KL(p‖q), the names of ``tfp.vi``.  The first
argument of a divergence does the averaging: KL(a‖b) = E_a[log a − log b].
"""

from typing import Any, TypeVar

from klhelpers._shown import shown

T = TypeVar("T")

ARROWS = {"forward": "KL(p‖q)", "reverse": "KL(q‖p)"}


def check_direction(direction: Any) -> str:
    """Return `direction` if it is "forward" or "reverse", else raise ValueError."""
    if not (isinstance(direction, str) and direction in ARROWS):
        raise ValueError(
            f"direction must be 'forward', KL(p‖q), or 'reverse', KL(q‖p); got {shown(direction)}"
        )
    return direction


def ordered(direction: str, p: T, q: T) -> tuple[T, T]:
    """Return the target p and the approximation q as the arguments (a, b) of KL(a‖b).

    Examples
    --------
    >>> ordered("forward", "p", "q"), ordered("reverse", "p", "q")
    (('p', 'q'), ('q', 'p'))
    """
    return (p, q) if check_direction(direction) == "forward" else (q, p)
