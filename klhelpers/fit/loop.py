"""Fits of a trainable q to a target p by gradient descent on their KL divergence."""

import itertools
import warnings
from typing import Any

from tqdm.auto import tqdm

from klhelpers._protocols import HasLogProb
from klhelpers._static import static_only
from klhelpers.direction import ARROWS
from klhelpers.estimators.losses import Loss
from klhelpers.fit.frozen import warn_of_frozen_scale
from klhelpers.fit.run import CHUNK, Fit
from klhelpers.fit.trajectory import Trajectory
from klhelpers.fit.watch import PERIOD, Callback, Watch
from klhelpers.quiet_tensorflow import tfp

tfd = tfp.distributions

_PATIENCE = 3  # seconds before a progress bar appears


def minimize_kl(
    q: tfd.Distribution,
    p: HasLogProb,
    *,
    direction: str = "reverse",
    num_steps: int = 250,
    learning_rate: float | None = None,
    optimizer: Any = None,
    estimator: str | Loss | None = None,
    num_samples: int | None = None,
    seed: int | None = None,
    tolerance: float | None = None,
    callback: Callback | None = None,
    record_every: int = 1,
) -> Trajectory:
    """Fit q to p by gradient descent and record its steps.

    Parameters
    ----------
    q : tfd.Distribution
        Trainable; its variables are updated in place.  Without an estimator a Gaussian vector,
        however its scale is written.
    p : tfd.Distribution
        The target, with the same event shape and dtype.  With an estimator, any object with
        ``log_prob``, the logarithm of a density up to a constant, will do.
    direction : {"reverse", "forward"}
        "forward" minimises KL(p‖q), "reverse", the default, KL(q‖p).
    num_steps : int
        Number of updates, at least 1.
    learning_rate : float, optional
        Adam's, positive; 0.01 by default.
    optimizer : Keras optimizer, optional
        Used instead of Adam, with its own learning rate.  It keeps its state: another call with
        the same q and optimizer goes on with the fit.
    estimator : str or callable, optional
        The closed form is minimised by default; see the notes for what else can be.
    num_samples : int, optional
        Samples per step of an estimator; 100 by default.
    seed : int, optional
        Required with an estimator, from 0 on.  Each step has samples of its own, which depend on
        `seed` and the number of the step alone.
    tolerance : float, optional
        Nats.  Looking every 50 updates, stop when the mean loss of the last 50 is less than
        `tolerance` below that of the 50 before, in a batch for every member.
    callback : callable, optional
        ``callback(step, loss)`` is called every 50 updates and after the last one, with the
        number of the step and its loss, an ndarray; the fit stops if it returns True.
    record_every : int
        Steps from one entry of the trajectory to the next; the last step has an entry always.

    Returns
    -------
    Trajectory
        Of the steps 0, record_every, ... and the last; ``parameters`` are filled with an
        estimator or an optimizer.  Shorter, with a warning, if the fit was interrupted with
        Ctrl-C; q is then at the last recorded step.

    Raises
    ------
    TypeError, ValueError
        As in `klhelpers.loss_and_grads`, for a q that is no Gaussian vector without an
        estimator, for an argument that is out of range or does not go with the others, for an
        optimizer of other variables, and for a record that is larger than the memory.
    NonFiniteLossError
        If the loss becomes NaN or infinite, in a batch that of every member; its ``trajectory``
        holds what was recorded before.

    Warns
    -----
    UserWarning
        If a scale of q holds plain numbers beside a trainable loc, since it will not change; a
        ``tf.Variable(..., trainable=False)`` is taken as intended.

    Notes
    -----
    A q with a batch shape is a batch of independent fits.  A member whose loss is not finite is
    NaN from there on, with a warning; the others go on.  Without an optimizer the steps are those
    of a fresh ``tf.keras.optimizers.Adam(learning_rate)``.

    A closed form without an optimizer runs inside one graph, which serves later q and p of the
    same kind; other fits trace their own.  A variable's own ``constraint``, if it has one, is
    applied after every update.  A fit that takes more than a few seconds shows a
    progress bar.  An exception that `callback` raises passes on, with the attribute
    ``trajectory``.

    Estimators of the reverse direction are "reparameterised", "sticking the landing", and "score
    function", which serves discrete q, too; of the forward direction "samples", which draws from
    p, and "importance weights", which needs ``p.log_prob`` alone.  Their gradients are unbiased,
    that of the last is consistent.  Their losses are estimates, up to ln Z where p is not
    normalised.  A callable ``loss(q, p, *, direction, num_samples, seed)`` returns a tensor of q's
    batch shape whose gradient is followed; `seed` is a tensor for stateless sampling.
    """
    watch = Watch(tolerance, callback)
    fit = Fit(
        q,
        p,
        direction=direction,
        num_steps=num_steps,
        learning_rate=learning_rate,
        record_every=record_every,
        chunk=PERIOD if watch.looks else CHUNK,
        optimizer=optimizer,
        estimator=estimator,
        num_samples=num_samples,
        seed=seed,
    )
    try:
        next(fit)
        warn_of_frozen_scale(q, stacklevel=2)
        for record in itertools.islice(fit, 1):  # traces the graph, before the bar's clock starts
            if watch.stops(record):
                return _ended(fit, direction)
        with tqdm(
            total=num_steps,
            initial=fit.step,
            desc=ARROWS[direction],
            unit="step",
            delay=_PATIENCE,
            disable=num_steps <= CHUNK or static_only(),  # too few for a bar, or a page
        ) as bar:
            for record in fit:
                bar.update(len(record.loss))
                if watch.stops(record):
                    break
    except KeyboardInterrupt:
        if fit.step < 0:
            raise
        warnings.warn(
            f"interrupted after step {fit.step} of {num_steps}; the trajectory ends there",
            stacklevel=2,
        )
    except Exception as error:
        if error is watch.error:
            error.add_note(
                f"raised by callback after step {fit.step} of {num_steps}; what was recorded is "
                "in this exception's .trajectory"
            )
            vars(error)["trajectory"] = fit.trajectory()
        raise
    return _ended(fit, direction)


def _ended(fit: Fit, direction: str) -> Trajectory:
    fit.members.warn(direction, stacklevel=3)
    trajectory = fit.trajectory()
    assert trajectory is not None  # the start at least is recorded
    return trajectory
