"""Losses of fits by samples: their gradient on a tape is an estimate of the divergence's gradient.

A loss is a callable ``loss(q, p, *, direction, num_samples, seed)``.  It returns a tensor of q's
batch shape (that of q and p, broadcast): the estimate of the divergence.  `seed` is a tensor for
stateless sampling.  The value and the gradient are made separately where it matters, since the
gradient of an estimate is in general no estimate of the gradient.
"""

from collections.abc import Callable
from typing import Any

from klhelpers._protocols import HasLogProb
from klhelpers._shown import shown
from klhelpers.direction import ARROWS
from klhelpers.estimators.drawing import draw
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

Loss = Callable[..., tf.Tensor]


def reparameterised(
    q: tfd.Distribution, p: HasLogProb, *, direction: str, num_samples: int, seed: tf.Tensor
) -> tf.Tensor:
    """Mean of ln q(x) − ln p(x) at x ~ q, which move with q's parameters."""
    _check_reparameterised(q, "reparameterised")
    x = draw(q, p, num_samples, seed)
    return tf.reduce_mean(q.log_prob(x) - p.log_prob(x), axis=0)


def sticking_the_landing(
    q: tfd.Distribution, p: HasLogProb, *, direction: str, num_samples: int, seed: tf.Tensor
) -> tf.Tensor:
    """Reparameterised, with q's parameters held fixed in ln q: no noise where q equals p.

    What is left out is the score of q, whose mean is zero.  Reference: Roeder, Wu and Duvenaud
    (2017), "Sticking the Landing", arXiv:1703.09194.
    """
    _check_reparameterised(q, "sticking the landing")
    x = draw(q, p, num_samples, seed)
    fixed = tf.stop_gradient(x)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(fixed)
        log_ratio = q.log_prob(fixed) - p.log_prob(fixed)
    slope = tf.stop_gradient(tape.gradient(log_ratio, fixed))
    event_axes = tf.range(tf.rank(log_ratio), tf.rank(x))
    path = tf.reduce_sum(slope * x, axis=event_axes)
    return tf.reduce_mean(_value_and_gradient_of(log_ratio, path), axis=0)


def score_function(
    q: tfd.Distribution, p: HasLogProb, *, direction: str, num_samples: int, seed: tf.Tensor
) -> tf.Tensor:
    """Weigh the score of q by ln q(x) − ln p(x) less its mean over the other samples.

    Needs no gradient with respect to x, and so serves discrete q.
    """
    if num_samples < 2:
        raise ValueError(
            "num_samples must be at least 2 for 'score function', whose baseline is the mean over "
            f"the other samples; got {num_samples}"
        )
    x = tf.stop_gradient(draw(q, p, num_samples, seed))
    log_q = q.log_prob(x)
    log_ratio = tf.stop_gradient(log_q - p.log_prob(x))
    others = (tf.reduce_sum(log_ratio, axis=0) - log_ratio) / (num_samples - 1)
    surrogate = (log_ratio - others) * log_q
    return tf.reduce_mean(_value_and_gradient_of(log_ratio, surrogate), axis=0)


def samples(
    q: tfd.Distribution, p: Any, *, direction: str, num_samples: int, seed: tf.Tensor
) -> tf.Tensor:
    """Mean of ln p(x) − ln q(x) at x ~ p: maximum likelihood."""
    if not callable(getattr(p, "sample", None)):
        raise TypeError(
            "p must have samples, p.sample, for 'samples'; 'importance weights' needs its "
            f"log_prob alone; got {shown(p)}"
        )
    x = tf.stop_gradient(draw(p, q, num_samples, seed))
    return tf.reduce_mean(p.log_prob(x) - q.log_prob(x), axis=0)


def importance_weights(
    q: tfd.Distribution, p: HasLogProb, *, direction: str, num_samples: int, seed: tf.Tensor
) -> tf.Tensor:
    """Estimate E_p[ln p − ln q] from x ~ q, with weights p/q whose sum is made 1.

    The weights are held fixed, so that the gradient is −Σ w ∇ ln q(x).  Dividing by their sum
    makes a bias that vanishes as samples become many; see `klhelpers.tail_index` for whether
    many is enough.
    """
    x = tf.stop_gradient(draw(q, p, num_samples, seed))
    log_q = q.log_prob(x)
    log_ratio = tf.stop_gradient(p.log_prob(x) - log_q)
    weights = tf.nn.softmax(log_ratio, axis=0)
    value = tf.math.multiply_no_nan(log_ratio, weights)  # 0 where p is 0
    return tf.reduce_sum(_value_and_gradient_of(value, -weights * log_q), axis=0)


LOSSES: dict[str, dict[str, Loss]] = {
    "reverse": {
        "reparameterised": reparameterised,
        "sticking the landing": sticking_the_landing,
        "score function": score_function,
    },
    "forward": {"samples": samples, "importance weights": importance_weights},
}
"""Built-in losses of each direction: their gradient is unbiased for the gradient of its divergence.

"importance weights" is consistent: its bias vanishes as samples become many.
"""


def loss_of(estimator: Any, direction: str) -> Loss:
    """Return a built-in loss by name; a callable is returned as it is."""
    if callable(estimator):
        own: Loss = estimator
        return own
    named = LOSSES[direction]
    if not (isinstance(estimator, str) and estimator in named):
        raise ValueError(
            f"estimator must be one of {', '.join(map(repr, named))} for {ARROWS[direction]}, "
            f"or a callable; got {shown(estimator)}"
        )
    return named[estimator]


def _value_and_gradient_of(value: tf.Tensor, surrogate: tf.Tensor) -> tf.Tensor:
    """Return a tensor with the value of the first and the gradient of the second."""
    return tf.stop_gradient(value - surrogate) + surrogate


def _check_reparameterised(q: tfd.Distribution, name: str) -> None:
    if q.reparameterization_type != tfd.FULLY_REPARAMETERIZED:
        raise TypeError(
            f"q must have reparameterised samples for {name!r}; those of {type(q).__name__} are "
            "not: use 'score function'"
        )
