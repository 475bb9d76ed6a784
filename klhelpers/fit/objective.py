"""The KL divergence of a pair of distributions, and its gradients."""

from typing import Any

from klhelpers._shown import shown
from klhelpers.direction import ARROWS, check_direction, ordered
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions


def loss_and_grads(
    q: tfd.Distribution, p: tfd.Distribution, *, direction: str
) -> tuple[tf.Tensor, tuple[tf.Tensor, ...]]:
    """KL divergence between q and p and its gradients with respect to q's variables.

    Parameters
    ----------
    q : tfd.Distribution
        The trainable approximation.
    p : tfd.Distribution
        The target, with the same event shape and dtype.
    direction : {"reverse", "forward"}
        "forward" for KL(p‖q), "reverse" for KL(q‖p).

    Returns
    -------
    loss : tensor, batch shape
        In nats.
    grads : tuple of tensors
        Gradients of the sum of `loss`, one per variable of ``q.trainable_variables``.

    Raises
    ------
    TypeError
        If q or p is no distribution, their dtypes differ, or no closed form of their
        divergence is registered.
    ValueError
        If the direction is unknown, the event shapes differ, the batch shapes do not broadcast,
        or q has no variable.

    Notes
    -----
    May be called inside a ``tf.function``.
    """
    check_direction(direction)
    check_pair(q, p)
    with tf.GradientTape() as tape:
        loss = closed_form(q, p, direction)
    return loss, tape.gradient(loss, q.trainable_variables)


def closed_form(q: tfd.Distribution, p: tfd.Distribution, direction: str) -> tf.Tensor:
    """Evaluate KL(q‖p) or KL(p‖q); raise TypeError if no closed form is registered."""
    a, b = ordered(direction, p, q)
    try:
        return tfd.kl_divergence(a, b)
    except NotImplementedError as error:
        raise TypeError(
            f"q and p must be a pair whose {ARROWS[direction]} has a closed form registered; "
            f"{type(a).__name__} and {type(b).__name__} have none: write the distributions in "
            "a family that has one, estimate the divergence from samples (minimize_kl with "
            "estimator=..., monte_carlo_kl for its value alone), or register one with "
            "tfd.RegisterKL"
        ) from error


def check_pair(q: tfd.Distribution, p: tfd.Distribution) -> None:
    """Raise TypeError or ValueError unless q can be fitted to p."""
    for name, value in (("q", q), ("p", p)):
        if not isinstance(value, tfd.Distribution):
            raise TypeError(
                f"{name} must be a TensorFlow Probability distribution; got {shown(value)}"
            )
        if not isinstance(value.dtype, tf.DType):
            raise TypeError(
                f"{name} must have a single tensor as its event; {type(value).__name__} has a "
                "structure of several: tfd.Blockwise makes one vector of a joint distribution"
            )
    if q.dtype != p.dtype:
        raise TypeError(
            f"q and p must have one dtype; got q {tf.as_dtype(q.dtype).name} "
            f"and p {tf.as_dtype(p.dtype).name}"
        )
    if q.event_shape != p.event_shape:
        raise ValueError(
            f"q and p must have one event shape; got q {tuple(q.event_shape)} "
            f"and p {tuple(p.event_shape)}"
        )
    if not _broadcast(q.batch_shape, p.batch_shape):
        raise ValueError(
            f"q and p must have batch shapes that broadcast; got q {tuple(q.batch_shape)} "
            f"and p {tuple(p.batch_shape)}"
        )
    if not q.trainable_variables:
        swapped = "; p has some: q is the first argument, p the second"
        swapped *= bool(getattr(p, "trainable_variables", ()))
        lazy = "; a network gets its variables when it is first used: call q.sample() before"
        lazy *= isinstance(q, tfd.TransformedDistribution)
        raise ValueError(
            "q must have trainable variables; "
            f"{type(q).__name__.strip('_')} {q.name} has none{swapped or lazy}"
        )


def check_target(q: tfd.Distribution, p: Any) -> None:
    """Raise TypeError or ValueError unless samples can fit q to p, which needs ``log_prob``."""
    if isinstance(p, tfd.Distribution):
        check_pair(q, p)
        return
    check_pair(q, q)
    if not callable(getattr(p, "log_prob", None)):
        raise TypeError(
            "p must be a distribution, or any object with a log density, p.log_prob; "
            f"got {shown(p)}"
        )
    dtype = getattr(p, "dtype", None)
    if dtype is not None and tf.as_dtype(dtype) != q.dtype:
        raise TypeError(
            f"q and p must have one dtype; got q {tf.as_dtype(q.dtype).name} "
            f"and p {tf.as_dtype(dtype).name}"
        )
    event = getattr(p, "event_shape", None)
    if event is not None and tf.TensorShape(event) != q.event_shape:
        raise ValueError(
            f"q and p must have one event shape; got q {tuple(q.event_shape)} "
            f"and p {tuple(tf.TensorShape(event))}"
        )


def _broadcast(one: tf.TensorShape, other: tf.TensorShape) -> bool:
    """Tell whether two shapes are compatible under broadcasting."""
    try:
        tf.broadcast_static_shape(one, other)
    except ValueError:
        return False
    return True
