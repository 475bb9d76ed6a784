"""Bad inputs of all public names, each with the message that it gets.

A message says which parameter is wrong, by which rule, and what was given.  It comes from
`klhelpers` itself, and not from the inside of a package that could not work with the value.
"""

import ast
import traceback
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import klhelpers as kl

PACKAGE = Path(kl.__file__).parent
EYE, ZERO = np.eye(2), [0.0, 0.0]
THREE, FOUR = np.zeros((3, 2)), np.zeros((4, 2))
TWO_FACTORS, THREE_FACTORS = np.tile(EYE, (2, 1, 1)), np.tile(EYE, (3, 1, 1))
MASKED = np.ma.masked_array([0.0, 1.0], mask=[False, True])
X1, X2 = kl.density_grid(num=5)
STEPS = kl.Trajectory("reverse", np.ones(3), THREE, THREE_FACTORS)
CHOICES = [("yes", True, "It is."), ("no", False, "It is.")]
TARGET = SimpleNamespace(prob=lambda x: np.ones(len(x)))


def flat(x):
    return np.ones(len(x))


@cache
def p():
    return kl.gaussian_target([0.0, 0.0, 0.0])


@cache
def q():
    return kl.trainable_diag_gaussian(ZERO, [1.0, 1.0])


@cache
def normal(*batch):
    from klhelpers.quiet_tensorflow import tfp

    return tfp.distributions.Normal(np.zeros(batch), np.ones(batch))


def kl_of(loc=ZERO, tril=EYE):
    return kl.kl_gaussian(loc, tril, ZERO, EYE)


def renyi(alpha, loc=ZERO):
    return kl.renyi_gaussian(loc, EYE, FOUR, EYE, alpha=alpha)


def draw(density=flat, x1=X1, x2=X2, **options):
    return kl.plot_density_contours(density, x1, x2, **options)


def animate(**changed):
    options = {"trajectories": STEPS, "p": TARGET, "X1": X1, "X2": X2, "levels": [0.1]}
    return kl.animate_fit(**options | changed)


def fit(q_=None, p_=None, **options):
    return kl.minimize_kl(q_ or q(), p_ or p(), **options)


def estimate(a=None, b=None, **changed):
    return kl.monte_carlo_kl(
        a or normal(), b or normal(), **{"num_samples": 4, "seed": 0} | changed
    )


def exercise(**changed):
    return kl.CodedExercise(**{"reference": abs, "cases": {"one": (1,)}, "hint": "h"} | changed)


def numeric(answer=1.0, **changed):
    options = {"tolerance": 0.1, "explanation": "e", "hint": "h"}
    return kl.Numeric("q", answer, **options | changed)


def explore(p=TARGET, make_q=dict, **options):
    return kl.explore_fit(p, make_q, **options)


def captioned(moving=None, name="fig-a", caption="A caption."):
    return kl.Captioned(moving or kl.PairFigure(), name=name, caption=caption)


# Of each public name: what is bad, the call, the error, and its message or the start of it.
CASES = {
    "Captioned": {
        "a text as the figure": (
            lambda: captioned("a figure"),
            TypeError,
            "moving must be a VectorPlayer, a LiveFigure or an Explorer; got 'a figure'",
        ),
        "a name that ends a line": (
            lambda: captioned(name="fig-a\n"),
            ValueError,
            "name must be made of lower-case letters, digits and hyphens; got 'fig-a\\n'",
        ),
        "a name that begins with a digit": (
            lambda: captioned(name="1-fig"),
            ValueError,
            "name must be made of lower-case letters, digits and hyphens; got '1-fig'",
        ),
        "a caption of two lines of an old Macintosh": (
            lambda: captioned(caption="one\rtwo"),
            ValueError,
            "caption must be one paragraph in one line; got 'one\\rtwo'",
        ),
        "a caption of bytes": (
            lambda: captioned(caption=b"c"),
            TypeError,
            "caption must be a text; got b'c'",
        ),
    },
    "claim": {
        "a number as the sentence": (
            lambda: kl.claim(3),
            TypeError,
            "sentence must be a text that is not empty; got 3",
        ),
        "an array as the condition": (
            lambda: kl.claim("All are.", given=np.array([True, False])),
            TypeError,
            "given must be True or False; got [ True False]",
        ),
        "a sentence that a page would not check": (
            lambda: kl.claim("It is.", given=False).__enter__(),
            ValueError,
            "given must be true where the claim is published: 'It is.'",
        ),
    },
    "gaussian_target": {
        "four numbers": (
            lambda: kl.gaussian_target([1.0, 2.0, 3.0, 4.0]),
            ValueError,
            "unconstrained must hold a triangular number of entries, 1, 3, 6, 10, ..., "
            "d (d + 1) / 2 of them for d dimensions; got 4",
        ),
        "no number": (
            lambda: kl.gaussian_target([]),
            ValueError,
            "unconstrained must hold a triangular number of entries",
        ),
        "bools": (
            lambda: kl.gaussian_target([True, False, True]),
            TypeError,
            "unconstrained must hold real numbers; got [True, False, True]",
        ),
        "rows of two lengths": (
            lambda: kl.gaussian_target([[1.0], [1.0, 2.0]]),
            ValueError,
            "unconstrained must be an array, whose rows have one length; got [[1.0], [1.0, 2.0]]",
        ),
        "masked numbers": (
            lambda: kl.gaussian_target([1.0, 2.0, 3.0], loc=MASKED),
            ValueError,
            "loc must have no masked entries; got '[0.0 --]'",
        ),
        "two batches that do not broadcast": (
            lambda: kl.gaussian_target(np.zeros((2, 3)), loc=THREE),
            ValueError,
            "unconstrained and loc must have batch shapes that broadcast; got unconstrained (2,), "
            "loc (3,)",
        ),
    },
    "lecture_target": {
        "a text as the seed": (
            lambda: kl.lecture_target(seed="41"),
            TypeError,
            "seed must be a whole number; got '41'",
        ),
        "no seed": (
            lambda: kl.lecture_target(seed=None),
            TypeError,
            "seed must be a whole number; got None",
        ),
    },
    "lecture_start": {
        "half a seed": (
            lambda: kl.lecture_start(seed=1.5),
            TypeError,
            "seed must be a whole number; got 1.5",
        ),
        "a negative seed": (
            lambda: kl.lecture_start(seed=-1),
            ValueError,
            "seed must be at least 0; got -1",
        ),
    },
    "trainable_diag_gaussian": {
        "no dimension": (
            lambda: kl.trainable_diag_gaussian([], []),
            ValueError,
            "scale must have at least one entry; got []",
        ),
        "an infinite scale": (
            lambda: kl.trainable_diag_gaussian(ZERO, [1.0, np.inf]),
            ValueError,
            "scale must be positive and finite; got [ 1. inf]",
        ),
        "two batches that do not broadcast": (
            lambda: kl.trainable_diag_gaussian(THREE, np.ones((2, 2))),
            ValueError,
            "loc and scale must have batch shapes that broadcast; got loc (3,), scale (2,)",
        ),
        "a function as the bijector": (
            lambda: kl.trainable_diag_gaussian(ZERO, [1.0, 1.0], scale_bijector=np.exp),
            TypeError,
            "scale_bijector must be a bijector, like tfb.Exp(); got <ufunc 'exp'>",
        ),
    },
    "trainable_full_gaussian": {
        "a covariance": (
            lambda: kl.trainable_full_gaussian(ZERO, [[1.0, 0.5], [0.5, 1.0]]),
            ValueError,
            "scale_tril must be lower triangular; got [[1.  0.5] [0.5 1. ]], which is symmetric: "
            "np.linalg.cholesky factors a covariance",
        ),
        "two batches that do not broadcast": (
            lambda: kl.trainable_full_gaussian(THREE, TWO_FACTORS),
            ValueError,
            "loc and scale_tril must have batch shapes that broadcast; got loc (3,), "
            "scale_tril (2,)",
        ),
        "dates": (
            lambda: kl.trainable_full_gaussian(np.array(["2020", "2021"], "M8[Y]"), EYE),
            TypeError,
            "loc must hold real numbers; got ['2020' '2021']",
        ),
    },
    "kl_gaussian": {
        "a single number as the mean of two": (
            lambda: kl_of(0.0),
            ValueError,
            "loc_a must have as many entries as scale_tril_a, 2; got shape ()",
        ),
        "a mean that is masked in part": (
            lambda: kl_of(MASKED),
            ValueError,
            "loc_a must have no masked entries; got '[0.0 --]'",
        ),
        "a mean of None": (
            lambda: kl_of(None),
            TypeError,
            "loc_a must hold real numbers; got dtype object",
        ),
        "a complex mean": (
            lambda: kl_of([1j, 0]),
            TypeError,
            "loc_a must hold real numbers; got dtype complex128",
        ),
        "a mean of texts": (
            lambda: kl_of(["0", "1"]),
            TypeError,
            "loc_a must hold real numbers; got dtype <U1",
        ),
        "a mean of rows of two lengths": (
            lambda: kl_of([[0.0], [0.0, 1.0]]),
            ValueError,
            "loc_a must be an array, whose rows have one length; got [[0.0], [0.0, 1.0]]",
        ),
        "no dimension": (
            lambda: kl_of([], np.zeros((0, 0))),
            ValueError,
            "scale_tril_a must have shape (..., d, d); got (0, 0)",
        ),
        "a matrix that is not square": (
            lambda: kl_of(tril=np.ones((2, 3))),
            ValueError,
            "scale_tril_a must have shape (..., d, d); got (2, 3)",
        ),
        "a negative scale": (
            lambda: kl_of(tril=[[1.0, 0.0], [0.0, -2.0]]),
            ValueError,
            "the diagonal of scale_tril_a must be positive and finite; got [ 1. -2.]",
        ),
        "batches that do not broadcast": (
            lambda: kl.kl_gaussian(THREE, EYE, FOUR, EYE),
            ValueError,
            "loc_a, scale_tril_a, loc_b and scale_tril_b must have batch shapes that broadcast; "
            "got loc_a (3,), scale_tril_a (), loc_b (4,), scale_tril_b ()",
        ),
    },
    "animate_fit": {
        "a generator of trajectories": (
            lambda: animate(trajectories=(one for one in [STEPS])),
            TypeError,
            "trajectories must be one Trajectory or several; got <generator object",
        ),
        "a target without a density": (
            lambda: animate(p=SimpleNamespace(prob=3)),
            TypeError,
            "p must be a distribution with a density, p.prob or p.log_prob; got namespace(prob=3)",
        ),
        "loss curves by a word": (
            lambda: animate(loss_curves="no"),
            TypeError,
            "loss_curves must be True or False; got 'no'",
        ),
        "no levels": (
            lambda: animate(levels=None),
            ValueError,
            "X2 and levels must be given for a q of two dimensions; got no levels",
        ),
        "no second mesh": (
            lambda: animate(X2=None),
            ValueError,
            "X2 and levels must be given for a q of two dimensions; got no X2",
        ),
        "a mesh with NaN": (
            lambda: animate(X1=np.full((5, 5), np.nan)),
            ValueError,
            "X1 must be finite; got nan at index (0, 0) of an array of shape (5, 5)",
        ),
        "a mesh of rows of two lengths": (
            lambda: animate(X1=[[1.0], [1.0, 2.0]]),
            ValueError,
            "X1 must be an array, whose rows have one length; got [[1.0], [1.0, 2.0]]",
        ),
        "a stride of half a step": (
            lambda: animate(stride=0.5),
            TypeError,
            "stride must be a whole number; got 0.5",
        ),
        "an infinite interval": (
            lambda: animate(interval=np.inf),
            ValueError,
            "interval must be positive and finite; got inf",
        ),
        "a list as the colour map": (
            lambda: animate(q_cmap=["red", "blue"]),
            ValueError,
            "q_cmap must be a colour map or the name of one; got ['red', 'blue']",
        ),
        "an infinite floor": (
            lambda: animate(floors=[np.inf], loss_curves=True),
            ValueError,
            "floors must be one finite number for each of the 1 trajectories; got [inf]",
        ),
    },
    "contour_style": {
        "levels that fall": (
            lambda: kl.contour_style("p", [0.2, 0.1]),
            ValueError,
            "levels must be finite and increasing; got [0.2, 0.1]",
        ),
        "a number of levels": (
            lambda: kl.contour_style("p", 5),
            ValueError,
            "levels must be finite and increasing; got 5",
        ),
    },
    "density_grid": {
        "limits that lie too far apart": (
            lambda: kl.density_grid((-1e308, 1e308)),
            ValueError,
            "limits must have a finite distance; got (-1e+308, 1e+308)",
        ),
        "a single limit": (
            lambda: kl.density_grid((1,)),
            ValueError,
            "limits must be two increasing finite numbers; got (1,)",
        ),
        "one point": (
            lambda: kl.density_grid(num=1),
            ValueError,
            "num must be at least 2; got 1",
        ),
        "a float as the number of points": (
            lambda: kl.density_grid(num=3.0),
            TypeError,
            "num must be a whole number; got 3.0",
        ),
    },
    "end_style": {
        "a float": (
            lambda: kl.end_style(1.0),
            TypeError,
            "index must be a whole number; got 1.0",
        ),
        "an array": (
            lambda: kl.end_style(np.arange(3)),
            TypeError,
            "index must be a whole number; got [0 1 2]",
        ),
        "the fifth of four": (
            lambda: kl.end_style(4),
            ValueError,
            "index must be from 0 to 3; got 4",
        ),
    },
    "line_style": {
        "a list": (
            lambda: kl.line_style(["p"]),
            ValueError,
            "name must be one of p, q, reverse, forward, reference; got ['p']",
        ),
    },
    "plot_density_contours": {
        "a distribution instead of its density": (
            lambda: draw(TARGET),
            TypeError,
            "density must be callable, like p.prob; got namespace(prob=",
        ),
        "a figure as the Axes": (
            lambda: draw(ax="axes"),
            TypeError,
            "ax must be an Axes of Matplotlib; got 'axes'",
        ),
        "keywords in a list": (
            lambda: draw(contour_kwargs=["levels"]),
            TypeError,
            "contour_kwargs must be a mapping; got ['levels']",
        ),
        "a negative number of levels": (
            lambda: draw(contour_kwargs={"levels": -3}),
            ValueError,
            "levels must be at least 1; got -3",
        ),
        "a text as the levels": (
            lambda: draw(contour_kwargs={"levels": "many"}),
            TypeError,
            "levels must hold real numbers; got dtype <U4",
        ),
        "a mesh of one row": (
            lambda: draw(x1=X1[:1], x2=X2[:1]),
            ValueError,
            "X1 and X2 must have two rows and columns or more; got (1, 5)",
        ),
        "an infinite mesh": (
            lambda: draw(x2=np.full((5, 5), np.inf)),
            ValueError,
            "X2 must be finite; got inf at index (0, 0) of an array of shape (5, 5)",
        ),
        "a complex density": (
            lambda: draw(lambda x: 1j * flat(x)),
            TypeError,
            "the values of density must hold real numbers; got dtype complex128",
        ),
        "a density of texts": (
            lambda: draw(lambda x: ["a"] * len(x)),
            TypeError,
            "the values of density must hold real numbers; got dtype <U1",
        ),
    },
    "log_ratios": {
        "no sample": (
            lambda: kl.log_ratios(normal(), normal(), num_samples=0, seed=0),
            ValueError,
            "num_samples must be at least 1; got 0",
        ),
        "two batches that do not broadcast": (
            lambda: kl.log_ratios(normal(2), normal(3), num_samples=2, seed=0),
            ValueError,
            "a and b must have batch shapes that broadcast; got a (2,), b (3,)",
        ),
    },
    "monte_carlo_kl": {
        "a number as a distribution": (
            lambda: estimate(b=3),
            TypeError,
            "b must be a distribution of TensorFlow Probability with one tensor as its event; "
            "got 3",
        ),
        "antithetic by a word": (
            lambda: estimate(antithetic="no"),
            TypeError,
            "antithetic must be True or False; got 'no'",
        ),
        "two batches that do not broadcast": (
            lambda: estimate(normal(2), normal(3)),
            ValueError,
            "a and b must have batch shapes that broadcast; got a (2,), b (3,)",
        ),
        "estimators in a list": (
            lambda: estimate(estimator=["k1"]),
            ValueError,
            "estimator must be 'k1', 'k2' or 'k3'; got ['k1']",
        ),
        "a seed of bool": (
            lambda: estimate(seed=True),
            TypeError,
            "seed must be a whole number; got True",
        ),
    },
    "CodedExercise": {
        "a number as the right function": (
            lambda: exercise(reference=3),
            TypeError,
            "reference must be callable; got 3",
        ),
        "cases in a list": (
            lambda: exercise(cases=[(1,)]),
            TypeError,
            "cases must map words to tuples; got [(1,)]",
        ),
        "no case": (
            lambda: exercise(cases={}),
            ValueError,
            "cases must hold at least one case; got none",
        ),
        "an argument that is not in a tuple": (
            lambda: exercise(cases={"one": 1}),
            TypeError,
            "cases must map words to tuples of arguments; got 'one': 1",
        ),
        "no hint": (
            lambda: exercise(hint=None),
            TypeError,
            "hint must be a string; got None",
        ),
        "no unit": (
            lambda: exercise(unit=None),
            TypeError,
            "unit must be a string; got None",
        ),
        "a tolerance of NaN": (
            lambda: exercise(tolerance=np.nan),
            ValueError,
            "tolerance must be positive and finite; got nan",
        ),
    },
    "check": {
        "an exercise that is not there": (
            lambda: kl.check(abs, "ex-none"),
            ValueError,
            "exercise must be one of ex-code-kl, ",
        ),
        "a number as the exercise": (
            lambda: kl.check(abs, 3),
            TypeError,
            "exercise must be a label or a CodedExercise; got 3",
        ),
    },
    "Explorer": {
        "a number as the name": (
            lambda: kl.Explorer(3, dict, dict),
            TypeError,
            "name must be a string; got 3",
        ),
        "a player instead of its maker": (
            lambda: kl.Explorer("a fit", "player", dict),
            TypeError,
            "make_player must be callable; got 'player'",
        ),
        "no maker of the panel": (
            lambda: kl.Explorer("a fit", dict, None),
            TypeError,
            "make_panel must be callable; got None",
        ),
    },
    "explore_fit": {
        "q instead of its maker": (
            lambda: explore(make_q=SimpleNamespace(log_prob=3)),
            TypeError,
            "make_q must be a function that returns a new trainable distribution; "
            "got namespace(log_prob=3)",
        ),
        "a learning rate of 0": (
            lambda: explore(learning_rate=0),
            ValueError,
            "learning_rate must be positive and finite; got 0",
        ),
        "more steps than a panel runs": (
            lambda: explore(num_steps=2001),
            ValueError,
            "num_steps must be at most 2000; got 2001",
        ),
        "limits of texts": (
            lambda: explore(limits=("-5", "5")),
            TypeError,
            "limits must hold real numbers; got dtype <U2",
        ),
    },
    "Trajectory": {
        "an unknown direction": (
            lambda: kl.Trajectory("backward", [1.0]),
            ValueError,
            "direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got 'backward'",
        ),
        "a loss without entries": (
            lambda: kl.Trajectory("reverse", []),
            ValueError,
            "loss must have shape (num_steps + 1, ...); got (0,)",
        ),
        "a masked loss": (
            lambda: kl.Trajectory("reverse", MASKED),
            ValueError,
            "loss must have no masked entries; got '[0.0 --]'",
        ),
        "the step of a text": (
            lambda: STEPS.restore(q(), "1"),
            TypeError,
            "step must be a whole number; got '1'",
        ),
        "two steps at once": (
            lambda: STEPS.restore(q(), np.array([1, 2])),
            TypeError,
            "step must be a whole number; got [1 2]",
        ),
        "a step that was not recorded": (
            lambda: STEPS.restore(q(), 3),
            ValueError,
            "step must be one that was recorded, [0 1 2]; got 3",
        ),
        "a number as q": (
            lambda: STEPS.restore(3, 1),
            TypeError,
            "q must be a trainable distribution; got 3",
        ),
        "a q of another dtype": (
            lambda: STEPS.restore(q(), 1),
            TypeError,
            "loc of q must have the dtype of the trajectory, float64; got float32",
        ),
        "no path to write": (
            lambda: STEPS.save(None),
            TypeError,
            "path must be a string or path-like; got None",
        ),
        "a folder to write": (
            lambda: STEPS.save(PACKAGE),
            IsADirectoryError,
            f"path must be a file; {str(PACKAGE)!r} is a folder",
        ),
        "the number of an open file to read": (
            lambda: kl.Trajectory.load(0),
            TypeError,
            "path must be a string or path-like; got 0",
        ),
        "a folder to read": (
            lambda: kl.Trajectory.load(PACKAGE),
            IsADirectoryError,
            f"path must be a file; {str(PACKAGE)!r} is a folder",
        ),
        "a text file to read": (
            lambda: kl.Trajectory.load(__file__),
            ValueError,
            f"path must be a file that Trajectory.save wrote; {__file__!r} is none: ",
        ),
    },
    "loss_and_grads": {
        "a number as p": (
            lambda: kl.loss_and_grads(q(), 3, direction="reverse"),
            TypeError,
            "p must be a TensorFlow Probability distribution; got 3",
        ),
        "no direction": (
            lambda: kl.loss_and_grads(q(), p(), direction=None),
            ValueError,
            "direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got None",
        ),
    },
    "minimize_kl": {
        "a negative number of steps": (
            lambda: fit(num_steps=-1),
            ValueError,
            "num_steps must be at least 1; got -1",
        ),
        "a learning rate of 0": (
            lambda: fit(learning_rate=0.0),
            ValueError,
            "learning_rate must be positive and finite; got 0.0",
        ),
        "an array of learning rates": (
            lambda: fit(learning_rate=np.ones(2)),
            TypeError,
            "learning_rate must be a real number; got [1. 1.]",
        ),
        "the name of an optimizer": (
            lambda: fit(optimizer="adam"),
            TypeError,
            "optimizer must be a Keras optimizer, such as tf.keras.optimizers.SGD(0.1); got 'adam'",
        ),
        "an estimator of the other direction": (
            lambda: fit(estimator="samples", seed=0),
            ValueError,
            "estimator must be one of 'reparameterised', 'sticking the landing', "
            "'score function' for KL(q‖p), or a callable; got 'samples'",
        ),
        "no sample": (
            lambda: fit(estimator="reparameterised", num_samples=0, seed=0),
            ValueError,
            "num_samples must be at least 1; got 0",
        ),
        "a negative tolerance": (
            lambda: fit(tolerance=-0.1),
            ValueError,
            "tolerance must be positive and finite; got -0.1",
        ),
        "a callback that cannot be called": (
            lambda: fit(callback="stop"),
            TypeError,
            "callback must be a callable; got 'stop'",
        ),
        "a record of no step": (
            lambda: fit(record_every=0),
            ValueError,
            "record_every must be at least 1; got 0",
        ),
    },
    "BetweenFigure": {
        "an order above 1": (
            lambda: kl.BetweenFigure(alpha=1.1),
            ValueError,
            "alpha must be a number from 0 to 1; got 1.1",
        ),
        "a text as the order": (
            lambda: kl.BetweenFigure(alpha="0.5"),
            ValueError,
            "alpha must be a number from 0 to 1; got '0.5'",
        ),
    },
    "FitFigure": {
        "half a step": (
            lambda: kl.FitFigure(num_steps=1.5),
            ValueError,
            "num_steps must be a whole number from 1 to 2000; got 1.5",
        ),
        "two scales of an isotropic q": (
            lambda: kl.FitFigure(family="isotropic", scale_q=(1, 2)),
            ValueError,
            "scale_q must be two equal numbers for a q that is isotropic; got 1 and 2",
        ),
        "both directions in one run": (
            lambda: kl.FitFigure().run("both"),
            ValueError,
            "direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got 'both'",
        ),
    },
    "GuessFigure": {
        "another kind of question": (
            lambda: kl.GuessFigure("word"),
            ValueError,
            "ask must be one of q, number; got 'word'",
        ),
        "a number without its truth": (
            lambda: kl.GuessFigure("number", label="KL"),
            TypeError,
            "label and truth must be given with ask='number'; got label='KL', truth=None",
        ),
        "a truth beyond the axis": (
            lambda: kl.GuessFigure("number", label="KL", truth=5),
            ValueError,
            "truth must be a number from 0 to 4; got 5",
        ),
        "a number as the question": (
            lambda: kl.GuessFigure(question=3),
            TypeError,
            "question must be a string; got 3",
        ),
    },
    "LiveFigure": {
        "a figure of no kind": (
            lambda: kl.LiveFigure(),
            TypeError,
            "LiveFigure must have a KIND: make a figure of a subclass",
        ),
    },
    "ModesFigure": {
        "a mean of NaN": (
            lambda: kl.ModesFigure(loc=np.nan),
            ValueError,
            "loc must be a number from -6 to 6; got nan",
        ),
        "a weight of all": (
            lambda: kl.ModesFigure(weight=1),
            ValueError,
            "weight must be a number from 0.02 to 0.98; got 1",
        ),
    },
    "PairFigure": {
        "a text about the figure": (
            lambda: kl.PairFigure(about="a pair"),
            TypeError,
            "about must be a dict; got 'a pair'",
        ),
        "a correlation of a diagonal q": (
            lambda: kl.PairFigure(correlation_q=0.5),
            ValueError,
            "correlation_q must be 0 for a q that is diagonal; got 0.5",
        ),
        "a single scale": (
            lambda: kl.PairFigure(scale_p=1.0),
            ValueError,
            "scale_p must be two numbers from 0.2 to 3; got 1.0",
        ),
        "a colour": (
            lambda: kl.PairFigure(colour="red"),
            TypeError,
            "PairFigure has no colour; it has loc_p, scale_p, ",
        ),
    },
    "SurfaceFigure": {
        "a start above the picture": (
            lambda: kl.SurfaceFigure(start=(0, 3)),
            ValueError,
            "start must have a log scale from -2 to 2; got 3",
        ),
        "no direction of a path": (
            lambda: kl.SurfaceFigure().path(None),
            ValueError,
            "direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got None",
        ),
    },
    "kl_floor": {
        "a vector": (
            lambda: kl.kl_floor([1.0, 2.0], direction="reverse"),
            ValueError,
            "scale_tril must have shape (..., d, d); got (2,)",
        ),
        "an infinite factor": (
            lambda: kl.kl_floor([[np.inf]], direction="reverse"),
            ValueError,
            "scale_tril must be finite; got [[inf]]",
        ),
        "an unknown family": (
            lambda: kl.kl_floor(EYE, direction="reverse", family="mean-field"),
            ValueError,
            "family must be 'isotropic', 'diagonal' or 'full'; got 'mean-field'",
        ),
    },
    "optimal_diag_gaussian": {
        "two batches that do not broadcast": (
            lambda: kl.optimal_diag_gaussian(THREE, TWO_FACTORS, direction="reverse"),
            ValueError,
            "loc and scale_tril must have batch shapes that broadcast; got loc (3,), "
            "scale_tril (2,)",
        ),
        "both directions": (
            lambda: kl.optimal_diag_gaussian(ZERO, EYE, direction=("reverse", "forward")),
            ValueError,
            "direction must be 'reverse', KL(q‖p), or 'forward', KL(p‖q); got ('reverse', ",
        ),
    },
    "optimal_gaussian": {
        "two batches that do not broadcast": (
            lambda: kl.optimal_gaussian(THREE, TWO_FACTORS, direction="forward"),
            ValueError,
            "loc and scale_tril must have batch shapes that broadcast; got loc (3,), "
            "scale_tril (2,)",
        ),
        "a bool as the family": (
            lambda: kl.optimal_gaussian(ZERO, EYE, direction="forward", family=True),
            ValueError,
            "family must be 'isotropic', 'diagonal' or 'full'; got True",
        ),
    },
    "Choice": {
        "no answers": (
            lambda: kl.Choice("q", None),
            TypeError,
            "answers must be tuples in a list or the like; got None",
        ),
        "a text as the answers": (
            lambda: kl.Choice("q", "yes"),
            TypeError,
            "answers must be tuples in a list or the like; got 'yes'",
        ),
        "a blank question": (
            lambda: kl.Choice(" ", CHOICES),
            ValueError,
            "question must not be blank; got ' '",
        ),
        "two right answers": (
            lambda: kl.Choice("q", [("yes", True, "e"), ("no", True, "e")]),
            ValueError,
            "exactly one answer must be right; 2 are, of those to 'q'",
        ),
    },
    "Numeric": {
        "a right answer in an array": (
            lambda: numeric(np.ones(1)),
            TypeError,
            "answer must be a real number; got [1.]",
        ),
        "an infinite tolerance": (
            lambda: numeric(tolerance=np.inf),
            ValueError,
            "tolerance must be positive and finite; got inf",
        ),
        "no near misses": (
            lambda: numeric(near_misses=None),
            TypeError,
            "near_misses must be tuples in a list or the like; got None",
        ),
        "a blank hint": (
            lambda: numeric(hint="\t"),
            ValueError,
            "hint must not be blank; got '\\t'",
        ),
        "a text to be shown as a number": (
            lambda: numeric().shown("1"),
            TypeError,
            "value must be a real number; got '1'",
        ),
    },
    "Questions": {
        "no question": (
            lambda: kl.Questions(),
            ValueError,
            "questions must hold at least one Choice or Numeric",
        ),
        "questions in a list": (
            lambda: kl.Questions([kl.Choice("q", CHOICES)]),
            TypeError,
            "questions must be Choice or Numeric; got [Choice(question='q', ",
        ),
    },
    "optimal_diag_gaussian_alpha": {
        "an order above 1": (
            lambda: kl.optimal_diag_gaussian_alpha(ZERO, EYE, alpha=1.5),
            ValueError,
            "alpha must be a number from 0 (reverse) to 1 (forward); got 1.5",
        ),
        "two batches that do not broadcast": (
            lambda: kl.optimal_diag_gaussian_alpha(THREE, TWO_FACTORS, alpha=0.5),
            ValueError,
            "loc and scale_tril must have batch shapes that broadcast; got loc (3,), "
            "scale_tril (2,)",
        ),
    },
    "renyi_gaussian": {
        "the order 1": (
            lambda: renyi(1),
            ValueError,
            "alpha must be between 0 and 1, without the ends; got 1.0 (see kl_gaussian)",
        ),
        "an order of NaN": (
            lambda: renyi(np.nan),
            ValueError,
            "alpha must be between 0 and 1, without the ends; got nan",
        ),
        "orders in a list": (
            lambda: renyi([0.5]),
            TypeError,
            "alpha must be a real number; got [0.5]",
        ),
        "batches that do not broadcast": (
            lambda: renyi(0.5, THREE),
            ValueError,
            "loc_a, scale_tril_a, loc_b and scale_tril_b must have batch shapes that broadcast; ",
        ),
    },
    "tail_index": {
        "factors of two sizes": (
            lambda: kl.tail_index(EYE, [[1.0]]),
            ValueError,
            "scale_tril_b must have as many rows as scale_tril_a, 2; got 1",
        ),
        "two batches that do not broadcast": (
            lambda: kl.tail_index(TWO_FACTORS, THREE_FACTORS),
            ValueError,
            "scale_tril_a and scale_tril_b must have batch shapes that broadcast; "
            "got scale_tril_a (2,), scale_tril_b (3,)",
        ),
    },
}

NOT_CHECKED = {
    "Checked": "what check returns",
    "DiagGaussian": "what optimal_diag_gaussian returns",
    "Gaussian": "what optimal_gaussian returns",
    "MonteCarloKL": "what monte_carlo_kl returns",
    "NonFiniteLossError": "what minimize_kl raises",
}
NAMED = [(name, words) for name, cases in CASES.items() for words in cases]


@pytest.fixture(autouse=True)
def static(monkeypatch):
    """Figures are for pages and speak with no kernel."""
    monkeypatch.setenv("KLHELPERS_STATIC", "1")


@pytest.mark.parametrize(("name", "words"), NAMED, ids=[f"{n}: {words}" for n, words in NAMED])
def test_a_bad_input_is_named_with_the_rule_and_the_value(name, words):
    call, error, message = CASES[name][words]
    with pytest.raises(error) as caught:
        call()
    assert caught.type is error
    assert str(caught.value).startswith(message)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert PACKAGE in Path(last.filename).parents  # not from the inside of another package


def test_every_public_name_is_covered():
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    public = [
        alias.asname
        for statement in stub.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    ]
    assert sorted(public) == sorted([*CASES, *NOT_CHECKED])
    assert len(NAMED) >= 80
