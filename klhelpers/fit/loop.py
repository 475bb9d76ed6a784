"""Fits of a trainable q to a target p by gradient descent on their KL divergence."""

import contextlib
import itertools
import warnings
from collections.abc import Iterator

import numpy as np
from tqdm.auto import tqdm

from klhelpers._checks import check_count, check_positive
from klhelpers._static import static_only
from klhelpers.direction import ARROWS, check_direction
from klhelpers.fit.adam import Moments, initial_moments
from klhelpers.fit.frozen import warn_of_frozen_scale
from klhelpers.fit.graph import run_steps, start_state
from klhelpers.fit.objective import check_pair
from klhelpers.fit.record import Record, check_loss, join_records, record_of
from klhelpers.fit.trajectory import Trajectory
from klhelpers.quiet_tensorflow import tf, tfp

tfd = tfp.distributions

_CHUNK = 250  # updates that run without showing progress or noticing Ctrl-C
_PATIENCE = 3  # seconds before a progress bar appears


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
    direction : {"reverse", "forward"}
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

    Warns
    -----
    UserWarning
        If a scale of q holds plain numbers beside a trainable loc, since it will not change; a
        ``tf.Variable(..., trainable=False)`` is taken as intended.

    Notes
    -----
    A q with a batch shape is a batch of independent fits.  The steps are those of a fresh
    ``tf.keras.optimizers.Adam(learning_rate)``; they run inside one graph, which serves later
    q and p of the same kind.  A fit that takes more than a few seconds shows a progress bar.
    """
    steps = fit_steps(q, p, direction=direction, num_steps=num_steps, learning_rate=learning_rate)
    records = [next(steps)]
    warn_of_frozen_scale(q, stacklevel=2)
    try:
        records += itertools.islice(steps, 1)  # traces the graph, before the bar's clock starts
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
    record = record_of(tensor.numpy()[np.newaxis] for tensor in start_state(q, p, direction))
    records = [record]
    check_loss(q, direction, [], record)
    yield record
    moments, done = initial_moments(variables), 0
    while done < num_steps:
        wanted = min(chunk, num_steps - done)
        before = [tf.identity(variable) for variable in variables]
        with _values_on_error(variables, before):
            tensors, next_moments = run_steps(
                q, p, direction, tf.constant(done), tf.constant(wanted), moments, rate
            )
            record = record_of(tensor.numpy() for tensor in tensors)
        moments = Moments(*next_moments)
        check_loss(q, direction, records, record)
        records.append(record)
        done += wanted
        yield record


@contextlib.contextmanager
def _values_on_error(variables, values) -> Iterator[None]:
    """Put `values` back into `variables` if the block is left by any exception."""
    try:
        yield
    except BaseException:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        raise
