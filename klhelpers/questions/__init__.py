"""Questions that check themselves, in a notebook and on a page, without a kernel.

>>> ask = Numeric(
...     "How many nats is one bit?", 0.6931, tolerance=0.001, unit="nats",
...     explanation="A bit is ln 2 nats.", hint="Nats come from the natural logarithm.",
... )
>>> Questions(ask).html.count("<form")
1
"""

from .display import Questions
from .markup import questions_block
from .model import Choice, Numeric

__all__ = ["Choice", "Numeric", "Questions", "questions_block"]
