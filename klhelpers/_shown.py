"""Values as error messages and representations show them: whole if small, cut short if large."""

import re
import reprlib
from typing import Any

import numpy as np

LONGEST = 200  # characters of one value
WHOLE = 12  # entries of an array or a list that are all shown
_GAP = " ... "

_REPR = reprlib.Repr()
_REPR.maxlist = _REPR.maxtuple = _REPR.maxset = _REPR.maxdict = WHOLE
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = LONGEST


def shown(value: Any, *, precision: int | None = None) -> str:
    """Write a value for an error message, in at most `LONGEST` characters.

    Parameters
    ----------
    value : any
        Arrays are written as ``np.array2string`` writes them, numbers of NumPy as plain numbers.
    precision : int, optional
        Digits after the point in arrays; NumPy's setting by default.

    Examples
    --------
    >>> shown(np.float64(0.5)), shown("0.5"), shown(np.arange(100))
    ('0.5', "'0.5'", '[ 0  1  2 ... 97 98 99]')
    >>> len(shown([list(range(9))] * 9))
    200
    """
    try:
        if isinstance(value, np.ndarray):
            text = np.array2string(value, threshold=WHOLE, precision=precision)
            text = re.sub(r"\n\s*", " ", text)  # on one line
        else:
            text = _REPR.repr(value.item() if isinstance(value, np.generic) else value)
    except Exception:  # a faulty __repr__ must not hide the message
        text = f"<{type(value).__name__}>"
    return shortened(text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Leave out the middle of a text that has more than `longest` characters."""
    if len(text) <= longest:
        return text
    end = longest // 2 - len(_GAP)
    return text[: longest - end - len(_GAP)] + _GAP + text[-end:]
