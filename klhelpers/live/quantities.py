"""The state of a live figure in Python: one trait per quantity, with the rules of the browser."""

import numbers
from typing import Any

import numpy as np
import traitlets

from klhelpers._shown import shown
from klhelpers.live.assets import figure_rules

_COUNTS = {2: "two", 3: "three", 4: "four"}


def checked(name: str, rule: dict[str, Any], value: Any) -> Any:
    """Return a value of a quantity as the browser holds it.

    Parameters
    ----------
    name : str
        Name of the quantity, for messages.
    rule : dict
        Its entry in ``figures.json``.
    value : any

    Returns
    -------
    bool, str, float or tuple of float

    Raises
    ------
    ValueError
        If the rule does not allow the value.

    Examples
    --------
    >>> checked("correlation_p", {"range": [-0.99, 0.99]}, 0.5)
    0.5
    """
    if rule.get("flag"):
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{name} must be true or false; got {shown(value)}")
        return bool(value)
    if "choices" in rule:
        if not (isinstance(value, str) and value in rule["choices"]):
            raise ValueError(
                f"{name} must be one of {', '.join(rule['choices'])}; got {shown(value)}"
            )
        return value
    low, high = rule["range"]
    size, whole = rule.get("size"), rule.get("whole")
    found = list(value) if size and isinstance(value, list | tuple | np.ndarray) else [value]
    if len(found) != (size or 1) or not all(_within(one, low, high, whole) for one in found):
        kind = "whole number" if whole else "number"
        what = f"{_COUNTS[size]} {kind}s" if size else f"a {kind}"
        raise ValueError(f"{name} must be {what} from {low} to {high}; got {shown(value)}")
    return tuple(map(float, found)) if size else (int if whole else float)(found[0])


def _within(value: Any, low: float, high: float, whole: bool | None) -> bool:
    if not isinstance(value, numbers.Real) or isinstance(value, bool | np.bool_):
        return False
    number: Any = value  # a Real, which has no order for type checkers
    return bool(low <= number <= high and not (whole and number != int(number)))


class Quantity(traitlets.TraitType[Any, Any]):
    """A trait whose values keep the rule of a quantity.

    Parameters
    ----------
    kind, name : str
        The figure and the quantity, as in ``figures.json``.
    """

    def __init__(self, kind: str, name: str) -> None:
        rule = figure_rules()[kind][name]
        default = rule["default"]
        super().__init__(tuple(default) if isinstance(default, list) else default)
        self.rule = rule
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the value as the browser holds it."""
        return checked(str(self.name), self.rule, value)
