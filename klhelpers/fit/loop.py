"""Fits of a trainable q to a target p by gradient descent on their KL divergence."""

import contextlib
import itertools
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from klhelpers._checks import check_count, check_positive
from klhelpers._shown import shortened, shown
from klhelpers._static import static_only
from klhelpers.direction import ARROWS, check_direction
from klhelpers.fit.adam import Moments, initial_moments
from klhelpers.fit.factor import positive_columns
from klhelpers.fit.graph import run_steps, start_state
from klhelpers.fit.objective import check_pair
from klhelpers.fit.trajectory import Trajectory
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

_CHUNK = 250  # updates that run without showing progress or noticing Ctrl-C
_PATIENCE = 3  # seconds before a progress bar appears


class NonFiniteLossError(ArithmeticError):
    """A fit whose loss became NaN or infinite.

    Attributes
    ----------
    step : int
        The first step whose loss is not finite.
    trajectory : Trajectory or None
        What was recorded before it; None if the loss at the start is not finite.
    """

    def __init__(self, message: str, step: int, trajectory: Trajectory | None):
        super().__init__(message)
        self.step = step
        self.trajectory = trajectory


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
        Trainable Gaussian vector, however its scale is written; its variables are updated in
        place.
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
        was interrupted with Ctrl-C; q is then at the last recorded step.

    Raises
    ------
    TypeError, ValueError
        As in `klhelpers.loss_and_grads`, for a q that is no Gaussian vector, and for a bad
        `num_steps` or `learning_rate`.
    NonFiniteLossError
        If the loss becomes NaN or infinite; its ``trajectory`` holds what was recorded before.

    Notes
    -----
    A q with a batch shape is a batch of independent fits.  The steps are those of a fresh
    ``tf.keras.optimizers.Adam(learning_rate)``; they run inside one graph, which serves later
    q and p of the same kind.  A fit that takes more than a few seconds shows a
    progress bar.
    """
    steps = fit_steps(q, p, direction=direction, num_steps=num_steps, learning_rate=learning_rate)
    records = [next(steps)]
    try:
        records += itertools.islice(
            steps, 1
        )  # traces the graph, before the clock of the bar starts
        with tqdm(
            total=num_steps,
            initial=len(records[-1].loss),
            desc=ARROWS[direction],
            unit="step",
            delay=_PATIENCE,
            disable=num_steps <= _CHUNK or static_only(),  # one chunk only, or a page
        ) as bar:
            for record in steps:
                records.append(record)
                bar.update(len(record.loss))
    except KeyboardInterrupt:
        warnings.warn(
            f"interrupted after step {sum(len(r.loss) for r in records) - 1} of {num_steps}; "
            "the trajectory ends there",
            stacklevel=2,
        )
    return join_records(direction, records)


class Record(NamedTuple):
    """A run of recorded steps: loss (n, ...), loc (n, ..., d), scale_tril (n, ..., d, d)."""

    loss: np.ndarray
    loc: np.ndarray
    scale_tril: np.ndarray


def _record(tensors: Iterable[tf.Tensor]) -> Record:
    """Take loss, mean and factor of some steps out of TensorFlow."""
    loss, loc, factor = (tensor.numpy() for tensor in tensors)
    return Record(loss, loc, positive_columns(factor))


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

    The caller may stop after any record: q is then at the last step of that record, also when an
    exception, such as Ctrl-C, interrupts a chunk.
    """
    check_direction(direction)
    check_pair(q, p)
    num_steps = check_count("num_steps", num_steps)
    rate = tf.constant(check_positive("learning_rate", learning_rate), q.dtype)
    variables = q.trainable_variables
    record = _record(tensor[tf.newaxis] for tensor in start_state(q, p, direction))
    records = [record]
    _check_loss(q, direction, [], record)
    yield record
    moments, done = initial_moments(variables), 0
    while done < num_steps:
        wanted = min(chunk, num_steps - done)
        before = [tf.identity(variable) for variable in variables]
        with _values_on_error(variables, before):
            tensors, next_moments = run_steps(
                q, p, direction, tf.constant(done), tf.constant(wanted), moments, rate
            )
            record = _record(tensors)
        moments = Moments(*next_moments)
        _check_loss(q, direction, records, record)
        records.append(record)
        done += wanted
        yield record


def _check_loss(q: tfd.Distribution, direction: str, records: list[Record], record: Record) -> None:
    """Raise NonFiniteLossError if the last loss of `record` is not finite."""
    if np.all(np.isfinite(record.loss[-1])):
        return
    step = sum(len(earlier.loss) for earlier in records) + len(record.loss) - 1
    finite = [*records, Record(*(values[:-1] for values in record))]
    trajectory = join_records(direction, finite) if step > 0 else None
    values = ", ".join(f"{v.name.split(':')[0]} {shown(v.numpy())}" for v in q.trainable_variables)
    kept = "; the steps before are in this error's .trajectory" if step > 0 else ""
    raise NonFiniteLossError(
        f"{ARROWS[direction]} must stay finite; it is {shown(record.loss[-1])} at step {step}, "
        f"where loc is {shown(record.loc[-1])}, scale_tril is {shown(record.scale_tril[-1])} and "
        f"the variables are {shortened(values, 800)}{kept}",
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
