"""Messages stay readable whatever was passed: one line or two, not the whole of a batch."""

from types import SimpleNamespace

import numpy as np
import pytest

import klhelpers as kl
from klhelpers._shown import LONGEST, shortened, shown

LIMIT = 2000  # characters

TEXT = "x" * 100_000
BATCH = np.zeros((500, 40, 2))
TRILS = np.tile(np.eye(2), (500, 40, 1, 1))
X1, X2 = kl.density_grid(num=10)
STEPS = kl.Trajectory("reverse", np.ones(3), np.zeros((3, 2)), np.tile(np.eye(2), (3, 1, 1)))
NAMED = [f"answer {i} {TEXT}" for i in range(30)]


class LongRepr:
    def __repr__(self):
        return TEXT


class BrokenRepr:
    def __repr__(self):
        raise RuntimeError("no representation")


def put(array, value):
    """A copy with its last number changed, far beyond what a message shows of it."""
    changed = array.copy()
    changed[(-1,) * array.ndim] = value
    return changed


def animate(**changed):
    options = {"p": SimpleNamespace(prob=lambda x: np.ones(len(x))), "levels": [0.1]}
    kl.animate_fit(**{"trajectories": STEPS, "X1": X1, "X2": X2} | options | changed)


def explore(**changed):
    options = {"p": SimpleNamespace(prob=len), "make_q": dict} | changed
    kl.explore_fit(**options)


def question(**changed):
    options = {"tolerance": 0.1, "explanation": "e", "hint": "h"} | changed
    kl.Numeric(options.pop("question", "q"), options.pop("answer", 1.0), **options)


HUGE = {
    "NaN in a batch of locs": lambda: kl.kl_gaussian(put(BATCH, np.nan), TRILS, BATCH, TRILS),
    "zero in a batch of scales": lambda: kl.kl_floor(put(TRILS, 0), direction="forward"),
    "upper triangle": lambda: kl.kl_floor(TRILS + 0.1, direction="forward"),
    "direction": lambda: kl.kl_floor(np.eye(2), direction=TEXT),
    "batch as direction": lambda: kl.kl_floor(np.eye(2), direction=TRILS.tolist()),
    "trajectory": lambda: kl.Trajectory("reverse", BATCH[..., 0], BATCH, put(TRILS, -1)),
    "unconstrained": lambda: kl.gaussian_target(["x"] * 10_000),
    "NaN in unconstrained": lambda: kl.gaussian_target(np.full(5050, np.nan)),
    "scale": lambda: kl.trainable_diag_gaussian(BATCH, put(BATCH + 1, -1)),
    "bijector": lambda: kl.trainable_diag_gaussian([0.0], [1.0], scale_bijector=LongRepr()),
    "q": lambda: kl.loss_and_grads(LongRepr(), None, direction="reverse"),
    "num_steps": lambda: kl.minimize_kl(kl.lecture_start(), kl.lecture_target(), num_steps=TEXT),
    "number of 5000 digits": lambda: kl.density_grid(num=-(10**5000)),
    "limits": lambda: kl.density_grid(limits=BATCH.tolist()),
    "levels": lambda: animate(levels=np.zeros(10_000)),
    "trajectories": lambda: animate(trajectories=[TEXT]),
    "lengths": lambda: animate(
        trajectories=[
            kl.Trajectory(
                "reverse", np.ones(n), np.zeros((n, 2)), np.tile(np.eye(2), (n, 1, 1))
            )
            for n in range(1, 1000)
        ]
    ),
    "p": lambda: animate(p=BrokenRepr()),
    "floors": lambda: animate(floors=np.zeros(10_000), loss_curves=True),
    "density": lambda: kl.plot_density_contours(LongRepr(), X1, X2),
    "answers": lambda: kl.Choice("q", [(text, False, "e") for text in NAMED[:20] * 2]),
    "equal answers": lambda: kl.Choice("q", [(text, False, "e") for text in NAMED[:13] * 2]),
    "right answers": lambda: kl.Choice(TEXT, [(text, False, "e") for text in NAMED[:20]]),
    "blank explanation": lambda: kl.Choice("q", [(TEXT, True, " "), ("b", False, "e")]),
    "answer": lambda: kl.Choice("q", [(TEXT, 1, "e"), ("b", False, "e")]),
    "question": lambda: kl.Questions(TEXT),
    "number of a question": lambda: question(answer=TEXT),
    "unit": lambda: question(unit=list(TEXT)),
    "near miss": lambda: question(near_misses=[[TEXT]]),
    "family": lambda: kl.PairFigure(family=TEXT),
    "families": lambda: kl.PairFigure(family=[TEXT]),
    "scales": lambda: kl.PairFigure(scale_p=np.ones(10_000)),
    "steps": lambda: explore(num_steps=10**4000),
    "limits of an explorer": lambda: explore(limits=np.ones(10_000)),
    "target": lambda: explore(p=TEXT),
}  # fmt: skip


@pytest.mark.parametrize("case", HUGE)
def test_a_huge_value_gives_a_short_message(case):
    with pytest.raises((TypeError, ValueError)) as caught:
        HUGE[case]()
    message = str(caught.value)
    assert 20 < len(message) < LIMIT
    assert "must" in message


@pytest.mark.parametrize(
    ("diverging", "named"),
    [(1, "member 999 at step 0"), (10, "member 990 at step 0, .* at step 0 and 5 more; their")],
)
def test_a_batch_that_diverges_in_part_gives_a_short_warning(diverging, named):
    loc = np.zeros((1000, 2))
    loc[-diverging:] = 1e200
    q = kl.trainable_diag_gaussian(loc, np.ones((1000, 2)))
    with pytest.warns(UserWarning, match=rf"{diverging} of the 1000 members .*, {named}") as caught:
        kl.minimize_kl(q, kl.gaussian_target(np.zeros(3)), num_steps=1)
    assert len(str(caught[0].message)) < LIMIT


def test_a_batch_that_diverges_gives_a_short_message():
    q = kl.trainable_diag_gaussian(np.full((1000, 2), 1e200), np.ones((1000, 2)))
    with pytest.raises(kl.NonFiniteLossError, match=r"must stay finite; it is \[.*inf\]") as caught:
        kl.minimize_kl(q, kl.gaussian_target(np.zeros(3)))
    assert len(str(caught.value)) < LIMIT


def test_a_batch_of_fits_has_a_short_representation():
    trajectory = kl.Trajectory("reverse", BATCH[..., 0], BATCH, TRILS)
    assert repr(trajectory).startswith("Trajectory(KL(q‖p), num_steps=499, last loss=[0. 0. 0. ...")
    assert len(repr(trajectory)) < 150


def test_an_entry_that_is_not_shown_is_named():
    with pytest.raises(ValueError, match=r"loc must be finite; got nan at index \(499, 39, 1\)"):
        kl.optimal_diag_gaussian(put(BATCH, np.nan), TRILS, direction="forward")
    with pytest.raises(ValueError, match=r"got -1\.0 at index \(499, 39, 1\) of .*\(500, 40, 2\)"):
        kl.kl_floor(put(TRILS, -1), direction="forward")


SMALL = {
    "number": (0.5, "0.5"),
    "number of NumPy": (np.float64(0.5), "0.5"),
    "array": (np.array([[1.0, 2.0], [0.0, 1.0]]), "[[1. 2.] [0. 1.]]"),
    "list": ([1.0, "a"], "[1.0, 'a']"),
}


@pytest.mark.parametrize("name", SMALL)
def test_small_values_are_shown_whole(name):
    value, text = SMALL[name]
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "start"),
    [(BrokenRepr(), "<BrokenRepr"), (10**5000, "<int")],
    ids=["object", "number"],
)
def test_values_without_a_representation_are_named(value, start):
    assert shown(value).startswith(start)


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 10 * LONGEST])
def test_a_long_text_loses_its_middle(length):
    text = "a" * (length // 2) + "z" * (length - length // 2)
    short = shortened(text)
    assert len(short) == LONGEST
    assert (" ... " in short) == (length > LONGEST)
    assert (short[0], short[-1]) == ("a", "z")
