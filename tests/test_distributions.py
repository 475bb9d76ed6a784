"""Targets and trainable families: the lecture's numbers, shapes, dtypes, what is refused."""

import numpy as np
import pytest

from klhelpers import (
    gaussian_target,
    lecture_start,
    lecture_target,
    trainable_diag_gaussian,
    trainable_full_gaussian,
)
from klhelpers.quiet_tensorflow import tf, tfp

tfb = tfp.bijectors
DTYPES = [np.float32, np.float64]


def variable_names(q):
    return [variable.name.split(":")[0] for variable in q.trainable_variables]


def fill_scale_tril(unconstrained):
    """FillScaleTriL in NumPy: the triangle, clockwise; softplus and 1e-5 on its diagonal."""
    x = np.asarray(unconstrained, dtype=np.float64)
    d = round((np.sqrt(8 * x.size + 1) - 1) / 2)
    tril = np.tril(np.concatenate([x[d:], x[::-1]]).reshape(d, d))
    np.fill_diagonal(tril, np.logaddexp(0, np.diag(tril)) + 1e-5)
    return tril


# -- gaussian_target -----------------------------------------------------------------------------


def test_target_is_the_lecture_s_first_matrix():
    np.testing.assert_allclose(
        gaussian_target([-0.5, 1.25, 1.0]).scale_tril, [[1.3132716, 0], [1.25, 0.474087]], atol=1e-6
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("count", [1, 3, 6, 10, 15])
def test_target_equals_a_second_implementation(count, dtype):
    unconstrained = np.random.default_rng(count).normal(size=count).astype(dtype)
    p = gaussian_target(unconstrained)
    assert p.dtype == dtype
    assert p.event_shape == p.loc.shape == (round((np.sqrt(8 * count + 1) - 1) / 2),)
    rtol = 1e-6 if dtype is np.float32 else 1e-14
    np.testing.assert_allclose(p.scale_tril, fill_scale_tril(unconstrained), rtol=rtol)
    np.testing.assert_array_equal(p.loc, np.zeros(p.event_shape))


@pytest.mark.parametrize("size", [-1e3, -50.0, 1e4])
def test_target_takes_any_finite_number(size):
    diagonal = np.diag(gaussian_target(np.full(3, size)).scale_tril)
    assert np.all((diagonal > 0) & np.isfinite(diagonal))


def test_target_has_batch_shape_and_loc():
    p = gaussian_target(np.zeros((4, 6)), loc=np.arange(3.0))
    assert (p.batch_shape, p.event_shape) == ((4,), (3,))
    np.testing.assert_array_equal(p.mean(), np.tile(np.arange(3.0), (4, 1)))


def test_target_is_not_trainable():
    assert gaussian_target([0.0, 0.0, 0.0]).trainable_variables == ()


@pytest.mark.parametrize("count", [0, 2, 4, 5, 7])
def test_target_needs_a_triangular_number(count):
    message = rf"unconstrained must hold a triangular number of entries, 1, 3, 6, .*; got {count}$"
    with pytest.raises(ValueError, match=message):
        gaussian_target(np.zeros(count))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"unconstrained": [0, 1, np.nan]}, ValueError, r"unconstrained must be finite; got .*nan"),
        ({"unconstrained": [0, 1, -np.inf]}, ValueError, r"unconstrained must be finite; .*-inf"),
        ({"unconstrained": "abc"}, TypeError, r"unconstrained must hold real numbers; got 'abc'"),
        ({"unconstrained": [1j]}, TypeError, r"unconstrained must hold real numbers; got \[1j\]"),
        ({"loc": [0.0] * 3}, ValueError, r"loc must have as many entries as .*, 2; got .*\(3,\)"),
        ({"loc": 0.0}, ValueError, r"loc must have as many entries as .*, 2; got shape \(\)"),
        ({"loc": [0.0, np.inf]}, ValueError, r"loc must be finite; got .*inf"),
    ],
)
def test_target_refuses(arguments, error, message):
    with pytest.raises(error, match=message):
        gaussian_target(**{"unconstrained": [0.0, 0.0, 0.0]} | arguments)


def test_target_refuses_mixed_dtypes():
    message = r"unconstrained and loc must have one dtype; got unconstrained float32, loc float64"
    with pytest.raises(TypeError, match=message):
        gaussian_target(np.zeros(3, np.float32), loc=np.zeros(2))


# -- the lecture's p and q -----------------------------------------------------------------------


def test_lecture_s_target():
    p = lecture_target()
    np.testing.assert_allclose(
        p.scale_tril, [[0.8688682, 0], [0.6666248, 1.0177136]], rtol=0, atol=1e-7
    )
    np.testing.assert_array_equal(p.loc, [0, 0])
    assert p.dtype == tf.float32


def test_lecture_s_start():
    q = lecture_start()
    np.testing.assert_allclose(q.loc, [-0.9192473, -0.5310501], rtol=0, atol=1e-7)
    np.testing.assert_allclose(q.stddev(), [0.5972202, 0.7375094], rtol=0, atol=1e-7)
    assert variable_names(q) == ["loc", "scale"]
    assert q.dtype == tf.float32


@pytest.mark.parametrize(("make", "of"), [(lecture_target, "scale_tril"), (lecture_start, "loc")])
def test_the_seed_decides(make, of):
    values = [getattr(make(seed=seed), of).numpy().tolist() for seed in (41, 42, 41)]
    assert values[0] == values[2] != values[1]


# -- trainable families --------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "bijector", [None, tfb.Exp(), tfb.Softplus()], ids=["default", "exp", "sp"]
)
def test_diag_starts_at_the_constrained_values(bijector, dtype):
    loc, scale = np.array([1.0, -2.0, 0.0], dtype), np.array([1e-3, 1.0, 1e3], dtype)
    q = trainable_diag_gaussian(loc, scale, scale_bijector=bijector)
    assert q.dtype == dtype
    assert variable_names(q) == ["loc", "scale"]
    np.testing.assert_array_equal(q.loc, loc)
    np.testing.assert_allclose(q.stddev(), scale, rtol=3e-6 if dtype is np.float32 else 1e-12)


def test_diag_keeps_the_inverse_image():
    scale = np.array([0.5, 2.0])
    for bijector, inverse in (
        (tfb.Exp(), np.log(scale)),
        (tfb.Softplus(), np.log(np.expm1(scale))),
    ):
        q = trainable_diag_gaussian(np.zeros(2), scale, scale_bijector=bijector)
        np.testing.assert_allclose(q.trainable_variables[1], inverse, rtol=1e-12)


def test_full_starts_at_the_constrained_values():
    tril = np.array([[1e-3, 0, 0], [1.0, 1e3, 0], [-2.0, 0.5, 1.0]])
    q = trainable_full_gaussian(np.arange(3.0), tril)
    assert variable_names(q) == ["loc", "scale_tril"]
    assert [variable.shape for variable in q.trainable_variables] == [(3,), (6,)]
    np.testing.assert_allclose(q.scale_tril, tril, rtol=1e-12)
    np.testing.assert_array_equal(q.loc, np.arange(3.0))
    unconstrained = np.sort(q.trainable_variables[1])
    expected = np.sort([np.log(1e-3), np.log(1e3), 0.0, 1.0, -2.0, 0.5])
    np.testing.assert_allclose(unconstrained, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("make", "scale"),
    [
        (trainable_diag_gaussian, np.ones((5, 2))),
        (trainable_full_gaussian, np.tile(np.eye(2), (5, 1, 1))),
    ],
)
def test_families_take_batches(make, scale):
    q = make(np.zeros((5, 2)), scale)
    assert (q.batch_shape, q.event_shape) == ((5,), (2,))


def test_python_numbers_become_float32_and_integers_floats():
    assert trainable_diag_gaussian([0, 0], [1, 2]).dtype == tf.float32
    assert trainable_diag_gaussian([0.0, 0.0], np.ones(2)).dtype == tf.float64
    assert gaussian_target(np.array([1, 2, 3])).dtype == tf.float32


def test_each_call_makes_its_own_variables():
    one, other = (trainable_diag_gaussian([0.0], [1.0]) for _ in range(2))
    one.trainable_variables[0].assign([5.0])
    assert other.mean().numpy().tolist() == [0.0]


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_a_scale_must_be_positive(bad):
    with pytest.raises(ValueError, match=rf"scale must be positive and finite; got \[.*{bad:g}"):
        trainable_diag_gaussian([0.0, 0.0], [1.0, bad])
    rule = "be finite" if not np.isfinite(bad) else "be positive and finite"
    with pytest.raises(ValueError, match=rf"scale_tril must {rule}; got \[.*{bad:g}"):
        trainable_full_gaussian([0.0, 0.0], [[1.0, 0.0], [0.5, bad]])


def test_a_scale_must_lie_in_the_range_of_its_bijector():
    message = r"scale must lie in the range of its bijector sigmoid; \[0\.5 2\. \] .* \[.*nan\]"
    with pytest.raises(ValueError, match=message):
        trainable_diag_gaussian([0.0, 0.0], [0.5, 2.0], scale_bijector=tfb.Sigmoid())


def test_a_scale_bijector_must_be_one():
    with pytest.raises(TypeError, match=r"scale_bijector must be a bijector, .*; got 'exp'"):
        trainable_diag_gaussian([0.0], [1.0], scale_bijector="exp")


@pytest.mark.parametrize("make", [trainable_diag_gaussian, trainable_full_gaussian])
@pytest.mark.parametrize(
    ("loc", "error", "message"),
    [
        ([0.0] * 3, ValueError, r"loc must have as many entries as scale\w*, 2; got shape \(3,\)"),
        (0.0, ValueError, r"loc must have as many entries as scale\w*, 2; got shape \(\)"),
        ([0.0, np.nan], ValueError, r"loc must be finite; got .*nan"),
        (["a", "b"], TypeError, r"loc must hold real numbers; got \['a', 'b'\]"),
        ([True, False], TypeError, r"loc must hold real numbers; got \[True, False\]"),
    ],
)
def test_a_loc_must_match(make, loc, error, message):
    scale = [1.0, 1.0] if make is trainable_diag_gaussian else np.eye(2, dtype=np.float32)
    with pytest.raises(error, match=message):
        make(loc, scale)


def test_a_single_scale_is_no_vector():
    with pytest.raises(
        ValueError, match=r"scale must have shape \(\.\.\., d\); got .* number 1\.0"
    ):
        trainable_diag_gaussian([0.0], 1.0)


def test_mixed_dtypes_are_named():
    single, double = np.zeros(2, np.float32), np.ones(2)
    message = r"loc and scale must have one dtype; got loc float32, scale float64"
    with pytest.raises(TypeError, match=message):
        trainable_diag_gaussian(single, double)
    message = r"loc and scale_tril must have one dtype; got loc float32, scale_tril float64"
    with pytest.raises(TypeError, match=message):
        trainable_full_gaussian(single, np.eye(2))


@pytest.mark.parametrize("name", ["loc", "scale"])
@pytest.mark.parametrize(
    "make", [tf.Variable, lambda value: tfp.util.TransformedVariable(value, tfb.Exp())]
)
def test_a_variable_would_lose_its_gradient(name, make):
    arguments = {"loc": [0.5, 1.0], "scale": [0.5, 1.0]}
    arguments[name] = make(arguments[name])
    with pytest.raises(TypeError, match=rf"{name} must be numbers, not a variable: .*\.numpy\(\)"):
        trainable_diag_gaussian(**arguments)


def test_a_factor_must_be_lower_triangular():
    with pytest.raises(
        ValueError, match=r"scale_tril must be lower triangular; got \[\[1\. 2\.\] \[0\. 1\.\]\]"
    ):
        trainable_full_gaussian([0.0, 0.0], [[1.0, 2.0], [0.0, 1.0]])
    with pytest.raises(
        ValueError, match=r"scale_tril must have shape \(\.\.\., d, d\); got \(2, 3\)"
    ):
        trainable_full_gaussian([0.0, 0.0], np.ones((2, 3), np.float32))
