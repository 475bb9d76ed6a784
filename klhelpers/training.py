"""Fits of a trainable q to a target p by gradient descent on their KL divergence."""

import contextlib
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from klhelpers._adam import Moments, adam_update, initial_moments
from klhelpers._checks import check_count, check_direction, check_positive
from klhelpers.quiet_tensorflow import tf, tfp
from klhelpers.trajectory import ARROWS, Trajectory

tfd = tfp.distributions

_CHUNK = 250  # updates between two looks at the clock and the keyboard
_PATIENCE = 3  # seconds before a progress bar appears


class NonFiniteLossError(ArithmeticError):
    """A fit whose loss became NaN or infinite.

    Attributes
    ----------
    step : int
        The first step whose loss is not finite.
    trajectory : Trajectory or None
        What was recorded before it; None if already the start has no finite loss.
    """

    def __init__(self, message: str, step: int, trajectory: Trajectory | None):
        super().__init__(message)
        self.step = step
        self.trajectory = trajectory


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
    direction : {"forward", "reverse"}
        "forward" for KL(p‖q), "reverse" for KL(q‖p).

    Returns
    -------
    loss : tensor, batch shape
        In nats.
    grads : tuple of tensors
        One for each of ``q.trainable_variables``, of the sum of `loss`.

    Raises
    ------
    TypeError
        If q or p is no distribution, their dtypes differ, or no closed form of their
        divergence is registered.
    ValueError
        If the direction is unknown, the event shapes differ, or q has no variable.

    Notes
    -----
    May be called inside a ``tf.function``.
    """
    check_direction(direction)
    _check_pair(q, p)
    with tf.GradientTape() as tape:
        loss = _kl(q, p, direction)
    return loss, tape.gradient(loss, q.trainable_variables)


def minimize_kl(
    q: tfd.Distribution,
    p: tfd.Distribution,
    *,
    direction: str = "reverse",
    num_steps: int = 250,
    learning_rate: float = 0.01,
) -> Trajectory:
    """Fit q to p with Adam and record every step.

    Parameters
    ----------
    q : tfd.Distribution
        Trainable Gaussian; its variables are updated in place.
    p : tfd.Distribution
        The target, with the same event shape and dtype.
    direction : {"forward", "reverse"}
        "forward" minimises KL(p‖q), "reverse", the default, KL(q‖p).
    num_steps : int
        Number of updates, at least 1.
    learning_rate : float
        Adam's, positive.

    Returns
    -------
    Trajectory
        Of ``num_steps + 1`` entries, the start included.  Shorter, with a warning, if the fit
        was interrupted with Ctrl-C; q then stands at the last step recorded.

    Raises
    ------
    TypeError, ValueError
        As in `loss_and_grads`, and for a bad `num_steps` or `learning_rate`.
    NonFiniteLossError
        If the loss becomes NaN or infinite; its ``trajectory`` holds what was recorded before.

    Notes
    -----
    A q with a batch shape is a batch of independent fits.  The steps are those of a fresh
    ``tf.keras.optimizers.Adam(learning_rate)``; they run inside one graph, which is kept for
    the next q and p of the same kind.  A fit that takes more than a few seconds shows a
    progress bar.
    """
    steps = fit_steps(q, p, direction=direction, num_steps=num_steps, learning_rate=learning_rate)
    records = [next(steps)]
    with tqdm(total=num_steps, desc=ARROWS[direction], unit="step", delay=_PATIENCE) as bar:
        try:
            for record in steps:
                records.append(record)
                bar.update(len(record.loss))
        except KeyboardInterrupt:
            warnings.warn(
                f"interrupted after step {bar.n} of {num_steps}; the trajectory ends there",
                stacklevel=2,
            )
    return join_records(direction, records)


class Record(NamedTuple):
    """A run of recorded steps: loss (n, ...), loc (n, ..., d), scale_tril (n, ..., d, d)."""

    loss: np.ndarray
    loc: np.ndarray
    scale_tril: np.ndarray


def join_records(direction: str, records: list[Record]) -> Trajectory:
    """Make one `Trajectory` of consecutive records."""
    return Trajectory(direction, *map(np.concatenate, zip(*records, strict=True)))


def fit_steps(
    q: tfd.Distribution,
    p: tfd.Distribution,
    *,
    direction: str,
    num_steps: int,
    learning_rate: float,
    chunk: int = _CHUNK,
) -> Iterator[Record]:
    """Fit like `minimize_kl`, yielding the start and then `chunk` steps at a time.

    Whoever consumes it may stop at any record: q then stands at the last step of that record,
    also when an exception, Ctrl-C among them, falls into a chunk.
    """
    check_direction(direction)
    _check_pair(q, p)
    num_steps = check_count("num_steps", num_steps)
    rate = tf.constant(check_positive("learning_rate", learning_rate), q.dtype)
    variables = q.trainable_variables
    record = Record(*(tensor.numpy()[np.newaxis] for tensor in _start(q, p, direction)))
    records = [record]
    _check_loss(q, direction, [], record)
    yield record
    moments, done = initial_moments(variables), 0
    while done < num_steps:
        wanted = min(chunk, num_steps - done)
        before = [tf.identity(variable) for variable in variables]
        with _values_on_error(variables, before):
            tensors, next_moments = _run_chunk(
                q, p, direction, tf.constant(done), tf.constant(wanted), moments, rate
            )
            record = Record(*(tensor.numpy() for tensor in tensors))
        moments = Moments(*next_moments)
        _check_loss(q, direction, records, record)
        records.append(record)
        done += wanted
        yield record


@tf.function
def _start(q, p, direction):
    """Return the state of step 0; as a graph, many times quicker than operation by operation."""
    return _loss_grads_state(q, p, direction)[1]


@tf.function
def _run_chunk(q, p, direction, done, count, moments, learning_rate):
    """Update q `count` times, or until the loss is not finite; record what each update gives.

    q and p are arguments, so that a later call with others of the same kind finds the graph
    traced and works on *its* variables.
    """
    gradients, state = _loss_grads_state(q, p, direction)
    recorded = [
        tf.TensorArray(value.dtype, size=count, element_shape=value.shape) for value in state
    ]

    def body(i, gradients, moments, recorded, finite):
        step = tf.cast(done + i + 1, learning_rate.dtype)
        changes, moments = adam_update(step, gradients, moments, learning_rate)
        for variable, change in zip(q.trainable_variables, changes, strict=True):
            variable.assign_add(change)
        gradients, state = _loss_grads_state(q, p, direction)
        recorded = [array.write(i, value) for array, value in zip(recorded, state, strict=True)]
        return i + 1, gradients, moments, recorded, tf.reduce_all(tf.math.is_finite(state[0]))

    reached, _, moments, recorded, _ = tf.while_loop(
        lambda i, gradients, moments, recorded, finite: (i < count) & finite,
        body,
        (tf.constant(0), gradients, moments, recorded, tf.constant(True)),
    )
    return [array.stack()[:reached] for array in recorded], moments


def _loss_grads_state(q: tfd.Distribution, p: tfd.Distribution, direction: str):
    """Gradients, and the state to record: loss, mean and Cholesky factor of q as it is now."""
    loss, gradients = loss_and_grads(q, p, direction=direction)
    for variable, gradient in zip(q.trainable_variables, gradients, strict=True):
        if gradient is None:
            raise ValueError(
                f"every variable of q must reach {ARROWS[direction]}; {variable.name} gets no "
                "gradient"
            )
    loc = q.mean()
    scale = getattr(q, "scale", None)
    is_operator = isinstance(scale, tf.linalg.LinearOperator)
    scale_tril = scale.to_dense() if is_operator else tf.linalg.cholesky(q.covariance())
    batch, d = loss.shape, loc.shape[-1]
    state = (
        loss,
        tf.broadcast_to(loc, [*batch, d]),
        tf.broadcast_to(scale_tril, [*batch, d, d]),
    )
    return gradients, state


def _kl(q: tfd.Distribution, p: tfd.Distribution, direction: str) -> tf.Tensor:
    a, b = (p, q) if direction == "forward" else (q, p)
    try:
        return tfd.kl_divergence(a, b)
    except NotImplementedError as error:
        raise TypeError(
            f"q and p must be a pair whose {ARROWS[direction]} has a closed form registered; "
            f"{type(a).__name__} and {type(b).__name__} have none: write the distributions in "
            "a family that has one, estimate the divergence from samples with "
            "tfp.vi.monte_carlo_variational_loss, or register one with tfd.RegisterKL"
        ) from error


def _check_pair(q: tfd.Distribution, p: tfd.Distribution) -> None:
    for name, value in (("q", q), ("p", p)):
        if not isinstance(value, tfd.Distribution):
            raise TypeError(f"{name} must be a TensorFlow Probability distribution; got {value!r}")
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
    if not q.trainable_variables:
        raise ValueError(f"q must have trainable variables; {type(q).__name__} {q.name} has none")


def _check_loss(q: tfd.Distribution, direction: str, records: list[Record], record: Record) -> None:
    """Raise NonFiniteLossError if the last loss of `record` is not finite."""
    if np.all(np.isfinite(record.loss[-1])):
        return
    step = sum(len(earlier.loss) for earlier in records) + len(record.loss) - 1
    finite = [*records, Record(*(values[:-1] for values in record))]
    trajectory = join_records(direction, finite) if step > 0 else None
    values = ", ".join(f"{v.name.split(':')[0]} {v.numpy()}" for v in q.trainable_variables)
    raise NonFiniteLossError(
        f"{ARROWS[direction]} must stay finite; it is {record.loss[-1]} at step {step}, where "
        f"loc is {record.loc[-1]}, scale_tril is {record.scale_tril[-1].tolist()} and the "
        f"variables are {values}; the steps before are in this error's .trajectory",
        step,
        trajectory,
    )


@contextlib.contextmanager
def _values_on_error(variables, values) -> Iterator[None]:
    """Put `values` back into `variables` if the block is left by any exception."""
    try:
        yield
    except BaseException:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        raise
