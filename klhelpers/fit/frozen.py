"""A warning of scales that a fit cannot change, although a trainable mean suggests it."""

import warnings
from typing import Any

from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


def warn_of_frozen_scale(q: tfd.Distribution, *, stacklevel: int) -> None:
    """Warn if q, or a part of it, has a trainable loc beside a scale of plain numbers.

    ``scale_diag=tf.exp(variable)`` is the usual cause: it is computed once, when q is made, and a
    fit changes the mean alone without an error.  A variable with ``trainable=False`` is taken as
    intended, and so is a scale that was not given.
    """
    for part in (q, *q.submodules):
        if not isinstance(part, tfd.Distribution):
            continue
        given = {name: value for name, value in part.parameters.items() if value is not None}
        scales = [name for name in given if name.startswith("scale")]
        if not (_is_trainable(given.get("loc")) and scales):
            continue
        if not any(_variables(given[name]) for name in scales):
            warnings.warn(
                f"{' and '.join(scales)} of {type(part).__name__} will not change: it holds plain "
                "numbers, computed when q was made, and only loc is trainable. To train it, "
                "make it a tfp.util.TransformedVariable, as klhelpers.trainable_diag_gaussian "
                "does; to keep it fixed without this warning, make it a "
                "tf.Variable(..., trainable=False)",
                stacklevel=stacklevel + 1,
            )
            return


def _variables(value: Any) -> tuple[tf.Variable, ...]:
    if isinstance(value, tf.Variable):
        return (value,)
    return tuple(value.variables) if isinstance(value, tf.Module) else ()


def _is_trainable(value: Any) -> bool:
    return any(variable.trainable for variable in _variables(value))
