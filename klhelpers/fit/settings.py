"""From the arguments of a fit to the program that runs it."""

from collections.abc import Callable
from typing import Any

from klhelpers._checks import check_count, check_positive
from klhelpers._shown import shown
from klhelpers.direction import check_direction
from klhelpers.estimators.losses import Loss, loss_of
from klhelpers.estimators.seeds import stateless_seed
from klhelpers.fit.factor import lower_factor
from klhelpers.fit.objective import check_pair, check_target, closed_form
from klhelpers.fit.own_graph import OwnGraph
from klhelpers.fit.shared_graph import SharedGraph
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

LEARNING_RATE, NUM_SAMPLES = 0.01, 100  # defaults


def program_of(
    q: tfd.Distribution,
    p: Any,
    *,
    direction: str,
    learning_rate: float | None,
    optimizer: Any,
    estimator: str | Loss | None,
    num_samples: int | None,
    seed: int | None,
) -> SharedGraph | OwnGraph:
    """Check the arguments of `minimize_kl`, and choose the program; change nothing of q."""
    check_direction(direction)
    if estimator is None:
        for name, value in (("num_samples", num_samples), ("seed", seed)):
            if value is not None:
                raise ValueError(
                    f"{name} must come with an estimator: a closed form has no samples; "
                    f"got {shown(value)}"
                )
        check_pair(q, p)
    else:
        check_target(q, p)
    rate = check_positive(
        "learning_rate", LEARNING_RATE if learning_rate is None else learning_rate
    )
    constrained = any(variable.constraint is not None for variable in q.trainable_variables)
    if estimator is None and optimizer is None and not constrained:
        return SharedGraph(q, p, direction, rate)  # which does not see constraints
    loss = _loss_by_step(q, p, direction, estimator, num_samples, seed)
    if optimizer is not None:
        if learning_rate is not None:
            raise ValueError(
                "learning_rate must not be given with an optimizer, whose own counts; "
                f"got {shown(learning_rate)}"
            )
        _build(optimizer, q)
    return OwnGraph(q, loss, direction, rate, optimizer)


def _loss_by_step(
    q: tfd.Distribution,
    p: Any,
    direction: str,
    estimator: Any,
    num_samples: Any,
    seed: Any,
) -> Callable[[tf.Tensor], tf.Tensor]:
    """Return the loss as a function of the number of the step, which chooses the samples."""
    if estimator is None:
        lower_factor(q)  # the closed form is that of a Gaussian vector, as without an optimizer
        return lambda step: closed_form(q, p, direction)
    loss = loss_of(estimator, direction)
    count = check_count("num_samples", NUM_SAMPLES if num_samples is None else num_samples)
    if seed is None:
        raise ValueError("seed must be given with an estimator: a whole number; got None")
    start = stateless_seed(seed)

    def at_step(step: tf.Tensor) -> tf.Tensor:
        folded = tf.random.experimental.stateless_fold_in(start, step)
        return loss(q, p, direction=direction, num_samples=count, seed=folded)

    return at_step


def _build(optimizer: Any, q: tfd.Distribution) -> None:
    """Make the slots of a new optimizer; raise unless it is new or has served q before."""
    if not isinstance(optimizer, tf.keras.optimizers.Optimizer):
        raise TypeError(
            "optimizer must be a Keras optimizer, such as tf.keras.optimizers.SGD(0.1); "
            f"got {shown(optimizer)}"
        )
    if not optimizer.built:
        optimizer.build(q.trainable_variables)
    known = {id(variable) for variable in optimizer._trainable_variables}  # Keras has no other way
    if known != {id(variable) for variable in q.trainable_variables}:
        raise ValueError(
            "optimizer must be new, or have served this very q: the "
            f"{type(optimizer).__name__} given holds the state of other variables; make one "
            "optimizer for each q"
        )
