"""A trajectory is a checked record that cannot change."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest

from klhelpers import Trajectory

STEPS = 3
ARRAYS = {
    "loss": np.linspace(1, 0.25, STEPS + 1),
    "loc": np.zeros((STEPS + 1, 2)),
    "scale_tril": np.tile(np.eye(2), (STEPS + 1, 1, 1)),
}


def make(direction="forward", **changed):
    return Trajectory(direction, **(ARRAYS | changed))


def test_keeps_what_it_was_given():
    trajectory = make()
    assert trajectory.direction == "forward"
    assert trajectory.num_steps == STEPS
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(getattr(trajectory, name), array)


def test_arrow_names_the_divergence():
    assert make("forward").arrow == "KL(p‖q)"
    assert make("reverse").arrow == "KL(q‖p)"


def test_repr_states_direction_length_and_last_loss():
    assert repr(make("reverse")) == "Trajectory(KL(q‖p), num_steps=3, last loss=0.25 nats)"
    assert "last loss=0.1235 nats" in repr(make(loss=[1, 1, 1, 0.123456]))


def test_is_compared_by_identity():
    """Comparing arrays would give an array, and a trajectory can be a key of a dictionary."""
    trajectory = make()
    assert trajectory == trajectory != make()
    assert {trajectory: 1}[trajectory] == 1


@pytest.mark.parametrize("name", ["direction", *ARRAYS])
def test_is_frozen(name):
    with pytest.raises(dataclasses.FrozenInstanceError, match=name):
        setattr(make(), name, None)


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_are_read_only(name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(make(), name)[0] = 1


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_are_copies(name):
    array = ARRAYS[name].copy()
    trajectory = make(**{name: array})
    array[0] = 7
    np.testing.assert_array_equal(getattr(trajectory, name), ARRAYS[name])
    assert array.flags.writeable  # the caller's own array stays as it was


COPIES = {
    "pickle": lambda trajectory: pickle.loads(pickle.dumps(trajectory)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "replace": dataclasses.replace,
}


@pytest.mark.parametrize("how", COPIES)
def test_copies_are_equal_and_read_only(how):
    copied = COPIES[how](make("reverse"))
    assert copied.direction == "reverse"
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(getattr(copied, name), array)
        with pytest.raises(ValueError, match="read-only"):
            getattr(copied, name)[0] = 1


def test_whole_numbers_become_floats():
    assert make(loss=[4, 3, 2, 1]).loss.dtype == np.float64


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_keeps_the_dtype(dtype):
    trajectory = make(**{name: array.astype(dtype) for name, array in ARRAYS.items()})
    assert {getattr(trajectory, name).dtype for name in ARRAYS} == {np.dtype(dtype)}


def test_takes_a_batch_of_fits():
    trajectory = Trajectory(
        "reverse", np.ones((4, 5)), np.zeros((4, 5, 3)), np.tile(np.eye(3), (4, 5, 1, 1))
    )
    assert trajectory.num_steps == 3
    assert trajectory.loss.shape == (4, 5)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"direction": "backward"}, r"direction must be 'reverse'.*got 'backward'"),
        ({"loss": np.array([])}, r"loss must have shape \(num_steps \+ 1, \.\.\.\); got \(0,\)"),
        ({"loss": np.array(1.0)}, r"loss must have shape \(num_steps \+ 1, \.\.\.\); got \(\)"),
        ({"loc": np.zeros((3, 2))}, r"loc must have shape \(4, 2\) to match loss; got \(3, 2\)"),
        ({"loc": np.zeros(4)}, r"loc must have shape .* to match loss; got \(4,\)"),
        (
            {"scale_tril": np.zeros((4, 2, 3))},
            r"scale_tril must have shape \(4, 2, 2\) to match loss; got \(4, 2, 3\)",
        ),
    ],
)
def test_refuses_shapes_that_do_not_match(changed, message):
    with pytest.raises(ValueError, match=message):
        make(**changed)


def factors(row, column, value):
    """Identity matrices, with one entry of the second one changed."""
    trils = ARRAYS["scale_tril"].copy()
    trils[1, row, column] = value
    return trils


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"scale_tril": factors(0, 1, 0.5)},
            r"scale_tril must be lower .*; got 0\.5 at index \(1, 0, 1\) of",
        ),
        ({"scale_tril": factors(1, 1, -2)}, r"diagonal of scale_tril must be positive.*; got \[\["),
        ({"scale_tril": factors(0, 0, 0)}, r"diagonal of scale_tril must be positive and finite"),
        (
            {"scale_tril": factors(1, 0, np.nan)},
            r"scale_tril must be finite; got nan at index \(1, 1, 0\) of .*\(4, 2, 2\)",
        ),
        ({"scale_tril": np.zeros((4, 0, 0)), "loc": np.zeros((4, 0))}, r"shape \(\.\.\., d, d\)"),
        ({"loc": [[0, 0], [0, np.inf], [0, 0], [0, 0]]}, r"loc must be finite; got \[\["),
        ({"loss": [4, 3, np.nan, 1]}, r"loss must be finite; got \[ ?4"),
    ],
)
def test_refuses_what_is_no_gaussian(changed, message):
    with pytest.raises(ValueError, match=message):
        make(**changed)


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize(
    ("dtype", "stated"),
    [(complex, "complex128"), (str, "<U32"), (bool, "bool"), (object, "object")],
)
def test_refuses_what_is_no_real_number(name, dtype, stated):
    with pytest.raises(TypeError, match=rf"{name} must hold real numbers; got dtype {stated}"):
        make(**{name: ARRAYS[name].astype(dtype)})


class Trainable:
    """As much of a distribution as is looked at before the step is."""

    trainable_variables = ()


def test_restoring_names_the_distribution_and_the_step():
    with pytest.raises(TypeError, match=r"^q must be a trainable distribution; got 3$"):
        make().restore(3, 0)
    with pytest.raises(ValueError, match=r"^step must be one that was recorded, .*; got 9$"):
        make().restore(Trainable(), 9)


# -- steps, parameters, members of a batch -------------------------------------------------------


def test_steps_count_from_zero_by_default():
    trajectory = make()
    assert trajectory.steps.tolist() == [0, 1, 2, 3]
    assert trajectory.parameters == {}


def test_a_thinned_record_knows_its_steps():
    trajectory = make(steps=[0, 10, 20, 25])
    assert trajectory.num_steps == 25
    with pytest.raises(ValueError, match="read-only"):
        trajectory.steps[0] = 1


def test_a_q_that_is_no_gaussian_has_parameters_only():
    rates = np.arange(4.0)
    trajectory = Trajectory("reverse", ARRAYS["loss"], parameters={"rate": rates})
    rates[0] = 7
    assert trajectory.loc is None and trajectory.scale_tril is None
    assert trajectory.parameters["rate"].tolist() == [0, 1, 2, 3]
    with pytest.raises(TypeError, match="does not support item assignment"):
        trajectory.parameters["rate"] = 1
    with pytest.raises(ValueError, match="read-only"):
        trajectory.parameters["rate"][0] = 1


@pytest.mark.parametrize("how", COPIES)
def test_copies_keep_steps_and_parameters(how):
    copied = COPIES[how](make(steps=[0, 5, 6, 7], parameters={"a": np.ones((4, 3))}))
    assert copied.num_steps == 7
    np.testing.assert_array_equal(copied.parameters["a"], np.ones((4, 3)))


def test_a_member_of_a_batch_may_be_lost():
    loss = np.ones((3, 2))
    loss[1:, 1] = np.nan
    loc, trils = np.zeros((3, 2, 2)), np.tile(np.eye(2), (3, 2, 1, 1))
    loc[1:, 1], trils[1:, 1] = np.nan, np.nan
    assert np.isnan(Trajectory("reverse", loss, loc, trils).loss).sum() == 2
    for changed in ([[1, 1], [1, np.nan], [1, 1]], [[1, 1], [1, 1], [np.nan, np.nan]]):
        with pytest.raises(ValueError, match="loss must be finite"):
            Trajectory("reverse", changed, loc, trils)
    with pytest.raises(ValueError, match="loc must be finite"):
        Trajectory("reverse", np.ones((3, 2)), loc, trils)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"steps": [1, 2, 3, 4]}, ValueError, r"steps must increase from 0; got \[1 2 3 4\]"),
        ({"steps": [0, 2, 2, 4]}, ValueError, r"steps must increase from 0"),
        (
            {"steps": [0, 1, 2]},
            ValueError,
            r"steps must have shape \(4,\) to match loss; got \(3,\)",
        ),
        ({"steps": np.arange(4.0)}, TypeError, r"steps must hold whole numbers; got dtype float64"),
        ({"loc": None}, ValueError, r"loc and scale_tril must be given together"),
        ({"parameters": [1]}, TypeError, r"parameters must map names to arrays; got \[1\]"),
        ({"parameters": {1: [1]}}, TypeError, r"names of parameters must be str; got 1"),
        (
            {"parameters": {"a": [1]}},
            ValueError,
            r"parameters\['a'\] must have one entry per loss, 4",
        ),
        ({"parameters": {"a": ["1"] * 4}}, TypeError, r"parameters\['a'\] must hold real numbers"),
        (
            {"direction": np.array("reverse")},
            TypeError,
            r"not an array: .*Trajectory\.load\(path\)",
        ),
    ],
)
def test_refuses_steps_and_parameters_that_do_not_match(changed, error, message):
    with pytest.raises(error, match=message):
        Trajectory(**{"direction": "forward"} | ARRAYS | changed)
