"""Log densities that are −∞ outside the support."""

from klhelpers.quiet_tensorflow import tf, tfp

tfb = tfp.bijectors
tfd = tfp.distributions

_FORCED = "force_probs_to_zero_outside_support"


def log_prob_on_support(b: tfd.Distribution, x: tf.Tensor) -> tf.Tensor:
    """Evaluate ln b(x), −∞ where x lies outside b's support.

    Parameters
    ----------
    b : tfd.Distribution
    x : tensor
        Samples, of any distribution with b's event shape.

    Returns
    -------
    tensor
        As ``b.log_prob(x)``, but for points outside the support.

    Notes
    -----
    Many distributions evaluate their formula wherever they are asked: ``Exponential(1)`` has the
    "log density" 1 at −1, and that of a ``Gamma`` is NaN there.  A point is outside if b's
    bijector from the real numbers onto its support has no inverse there, or if `log_prob` is NaN.
    Discrete distributions have no such bijector; for them their own option counts.
    """
    if _FORCED in b.parameters:
        b = b.copy(**{_FORCED: True})
    log_prob = b.log_prob(x)
    outside = tf.math.is_nan(log_prob)
    if isinstance(b, tfd.Bernoulli):
        outside |= (x != 0) & (x != 1)
    bijector = _onto_support(b)
    if bijector is not None:
        preimage = tf.math.is_nan(bijector.inverse(x))
        event_axes = tf.range(tf.rank(preimage) - len(b.event_shape), tf.rank(preimage))
        outside |= tf.reduce_any(preimage, axis=event_axes)
    return tf.where(outside, tf.constant(-float("inf"), log_prob.dtype), log_prob)


def _onto_support(b: tfd.Distribution) -> tfb.Bijector | None:
    """Return b's bijector from the real numbers onto its support, or None if it states none."""
    try:
        bijector: tfb.Bijector = b.experimental_default_event_space_bijector()
        return bijector
    except (NotImplementedError, TypeError):
        # TypeError: TensorFlow Probability 0.25 calls NumPy's reshape with `newshape`, which
        # NumPy 2.4 has removed, for the bijector onto a simplex.
        return None
