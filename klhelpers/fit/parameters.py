"""The trainable quantities of a distribution by name, in their own space.

This module asks objects what they can do, so that it need not load TensorFlow.
"""

from typing import Any


def trainable_parameters(q: Any) -> dict[str, Any]:
    """Name what a fit of q changes.

    Parameters
    ----------
    q : tfd.Distribution

    Returns
    -------
    dict
        In the order of ``q.trainable_variables``: the ``TransformedVariable`` that a variable
        belongs to, whose value is the constrained one, or else the variable itself.  A name that
        occurs again gets a number: loc, loc_1.
    """
    owners = {
        id(owner.pretransformed_input): owner
        for owner in q.submodules
        if hasattr(owner, "pretransformed_input") and hasattr(owner, "assign")
    }
    found: dict[str, Any] = {}
    for variable in q.trainable_variables:
        parameter = owners.get(id(variable), variable)
        plain = name = parameter.name.split(":")[0]
        number = 0
        while name in found:
            number += 1
            name = f"{plain}_{number}"
        found[name] = parameter
    return found
