"""Sentences of a page that are checked where they stand: for the page, and for a learner's values.

The build of the pages and the tests stop at a claim that is false.  A notebook in which a reader
has changed something goes on, and says which sentence no longer holds and by which numbers.
"""

from types import TracebackType
from typing import Self

import numpy as np

from klhelpers._assertions import explain
from klhelpers._shown import shortened, shown
from klhelpers._static import static_only


class Claim:
    """What `claim` returns: the block of a ``with`` statement that checks a sentence."""

    def __init__(self, sentence: str, *, given: bool = True) -> None:
        if not isinstance(sentence, str) or not sentence.strip():
            raise TypeError(f"sentence must be a text that is not empty; got {shown(sentence)}")
        if not isinstance(given, (bool, np.bool_)):
            raise TypeError(f"given must be True or False; got {shown(given)}")
        self.sentence = sentence
        self.given = bool(given)

    def __enter__(self) -> Self:
        """Begin the check."""
        if not __debug__:
            raise RuntimeError(
                "a claim cannot be checked, because Python leaves out assertions: "
                "unset PYTHONOPTIMIZE, and start Python without -O"
            )
        if static_only() and not self.given:
            raise ValueError(
                f"given must be true where the claim is published: {shown(self.sentence)}"
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        """Raise on a page, and say what is no longer true in a live notebook."""
        if not isinstance(error, Exception):
            return False  # the claim holds, or the reader interrupts the kernel
        if static_only():
            if isinstance(error, AssertionError):
                raise AssertionError(f"{self.sentence}: {explain(error, traceback)}") from error
            return False
        if self.given:
            if isinstance(error, AssertionError):
                print(f"No longer true for your values: {self.sentence}")
                print(f"    {explain(error, traceback)}")
            else:
                print(f"Cannot be checked for your values: {self.sentence}")
                print(f"    {type(error).__name__}: {shortened(' '.join(str(error).split()))}")
        return True


def claim(sentence: str, *, given: bool = True) -> Claim:
    """Check a sentence of the page, by assertions in the block of a ``with`` statement.

    Parameters
    ----------
    sentence : str
        What the page states, in words.
    given : bool, optional
        Whether the sentence is meant for the values that the notebook now has.  A constant that
        belongs to one seed is ``given=SEED == 41``: with another seed nobody is told that it
        changed.

    Returns
    -------
    Claim
        The context manager.

    Raises
    ------
    AssertionError
        At the end of the block, where outputs are for a published page (`klhelpers._static`): if
        an assertion of the block is false.  The message has the sentence and the numbers.
    RuntimeError
        If Python leaves out assertions (``python -O``): the claim would always hold.
    TypeError
        If `sentence` is not a text, or `given` is not a bool.
    ValueError
        Where outputs are for a published page, if `given` is false: nobody would check it.

    Notes
    -----
    In a live notebook the numbers are printed, and the cells after this one run.  They are found
    by evaluating the parts of the failed assertion again, so these must be free of side effects.
    An assertion in a function that the block calls is found as well.

    Examples
    --------
    >>> a, b = 3.0561, 2.5
    >>> with claim("The two results agree."):
    ...     assert abs(a - b) < 1e-3
    No longer true for your values: The two results agree.
        abs(a - b) < 1e-3 is false: a = 3.0561, b = 2.5
    """
    return Claim(sentence, given=given)
