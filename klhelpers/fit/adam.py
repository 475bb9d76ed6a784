"""Adam as a pure function of its state, so that one graph can run a whole fit and be reused.

A Keras optimizer owns variables, and a graph that updates them works for one q only.  Here the
moments are arguments and results, so that the graph traced for one q serves every other q of the
same kind.
"""

from typing import NamedTuple

from klhelpers.quiet_tensorflow import tf

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # Keras' defaults


class Moments(NamedTuple):
    """Running means of the gradients and of their squares, one tensor per variable."""

    first: tuple[tf.Tensor, ...]
    second: tuple[tf.Tensor, ...]


def initial_moments(variables: tuple[tf.Variable, ...]) -> Moments:
    """Return moments of zero."""
    zeros = tuple(tf.zeros_like(variable) for variable in variables)
    return Moments(zeros, zeros)


def adam_update(
    step: tf.Tensor,
    gradients: tuple[tf.Tensor, ...],
    moments: Moments,
    learning_rate: tf.Tensor,
) -> tuple[tuple[tf.Tensor, ...], Moments]:
    """One step of Adam.

    Parameters
    ----------
    step : scalar tensor, floating
        Number of this update; the first is 1.
    gradients : tuple of tensors
        Gradients of the loss, one per variable.
    moments : Moments
        Those that the previous update returned.
    learning_rate : scalar tensor

    Returns
    -------
    changes : tuple of tensors
        What to add to each variable.
    moments : Moments

    Notes
    -----
    The bias of both moments is corrected in the rate, and epsilon is added outside the root, as
    in Keras: Algorithm 1 of the paper with the reordering of its section 2.

    References
    ----------
    Kingma and Ba (2015), "Adam: A Method for Stochastic Optimization", arXiv:1412.6980.
    """
    first = tuple(m + (g - m) * (1 - BETA_1) for m, g in zip(moments.first, gradients, strict=True))
    second = tuple(
        v + (g * g - v) * (1 - BETA_2) for v, g in zip(moments.second, gradients, strict=True)
    )
    beta_1, beta_2 = (tf.cast(beta, step.dtype) for beta in (BETA_1, BETA_2))
    rate = learning_rate * tf.sqrt(1 - beta_2**step) / (1 - beta_1**step)
    changes = tuple(-rate * m / (tf.sqrt(v) + EPSILON) for m, v in zip(first, second, strict=True))
    return changes, Moments(first, second)
