"""`kl_gaussian` against the textbook formula in fifty digits, and its laws."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from klhelpers import kl_floor, kl_gaussian

LECTURE_TARGET = ([0.0, 0.0], [[0.8688682, 0.0], [0.6666248, 1.0177136]])
LECTURE_START = ([-0.9192473, -0.5310501], [[0.5972202, 0.0], [0.0, 0.7375094]])
STANDARD = ([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]])
PAIRS = {
    "lecture, start and target": (LECTURE_START, LECTURE_TARGET),
    "shift alone": (STANDARD, ([3.0, -4.0], STANDARD[1])),
    "correlation 0.9999995": (STANDARD, ([0.0, 0.0], [[1.0, 0.0], [0.9999995, 1e-3]])),
    "both correlated, opposite signs": (
        ([1.0, 0.0], [[1.0, 0.0], [0.999, 0.0447]]),
        ([0.0, 1.0], [[1.0, 0.0], [-0.999, 0.0447]]),
    ),
    "scale 1e-3 in 1e3": (([0.1, 0.2], [[1e-3, 0.0], [5e-4, 1e-3]]), ([0.0, 0.0], 1e3 * np.eye(2))),
    "scale 1e3 in 1e-3": (([0.1, 0.2], [[1e3, 0.0], [5e2, 1e3]]), ([0.0, 0.0], 1e-3 * np.eye(2))),
    "scales 1e-3 and 1e3 crossed": (
        ([0.0, 0.0], np.diag([1e-3, 1e3])),
        ([0.0, 0.0], [[1e3, 0.0], [2.0, 1e-3]]),
    ),
    "means 1e8 apart": (([1e8, -1e8], STANDARD[1]), LECTURE_TARGET),
    "scales equal to 1e-6": (STANDARD, ([0.0, 0.0], [[1 + 1e-6, 0.0], [0.0, 1 - 1e-6]])),
    "scales equal to 1e-10": (STANDARD, ([0.0, 0.0], [[1 + 1e-10, 0.0], [0.0, 1 - 1e-10]])),
}
BOTH_WAYS = [
    pytest.param(*pair, id=f"{name}, {way}")
    for name, (a, b) in PAIRS.items()
    for way, pair in (("there", (a, b)), ("back", (b, a)))
]


def textbook_kl(a, b):
    """½ [tr S_b⁻¹S_a + Δᵀ S_b⁻¹ Δ − 2 + ln |S_b|/|S_a|] in two dimensions, in fifty digits."""
    with localcontext() as context:
        context.prec = 50
        (ma, (a11, a21, a22)), (mb, (b11, b21, b22)) = (
            (
                [Decimal(float(m)) for m in loc],
                [Decimal(float(tril[i][j])) for i, j in ((0, 0), (1, 0), (1, 1))],
            )
            for loc, tril in (a, b)
        )
        sa11, sa12, sa22 = a11 * a11, a11 * a21, a21 * a21 + a22 * a22
        sb11, sb12, sb22 = b11 * b11, b11 * b21, b21 * b21 + b22 * b22
        det_a, det_b = sa11 * sa22 - sa12 * sa12, sb11 * sb22 - sb12 * sb12
        d1, d2 = ma[0] - mb[0], ma[1] - mb[1]
        trace = (sb22 * sa11 - 2 * sb12 * sa12 + sb11 * sa22) / det_b
        distance = (sb22 * d1 * d1 - 2 * sb12 * d1 * d2 + sb11 * d2 * d2) / det_b
        return float((trace + distance - 2 + (det_b / det_a).ln()) / 2)


@pytest.mark.parametrize(("a", "b"), BOTH_WAYS)
def test_equals_the_textbook_formula(a, b):
    expected = textbook_kl(a, b)
    assert expected > 0
    np.testing.assert_allclose(kl_gaussian(*a, *b), expected, rtol=1e-12)


@pytest.mark.parametrize(("a", "b"), BOTH_WAYS)
def test_zero_for_equal_gaussians(a, b):
    np.testing.assert_allclose(kl_gaussian(*a, *a), 0, atol=1e-15)


def test_published_value():
    covariances = np.diag([1.0, 2.0]), np.array([[1.0, 1.0], [1.0, 2.0]])
    q, p = ((np.zeros(2), np.linalg.cholesky(S)) for S in covariances)
    np.testing.assert_allclose(kl_gaussian(*q, *p), 1 - 0.5 * np.log(2), rtol=1e-14)


def test_lecture_s_first_pair():
    tril = [[1.3132716, 0.0], [1.25, 0.474087]]
    np.testing.assert_allclose(kl_gaussian(*STANDARD, [0, 0], tril), 3.056092, atol=5e-6)


def test_never_negative_however_close():
    """The difference of nearly equal scales must not cancel below zero."""
    rng = np.random.default_rng(0)
    scale = rng.uniform(1e-3, 1e3, size=(4000, 1))
    change = 10 ** rng.uniform(-17, 0, size=(4000, 1)) * rng.choice([-0.5, 1], size=(4000, 1))
    other = scale * (1 + change)
    loc = np.zeros(1)
    values = kl_gaussian(loc, scale[..., np.newaxis], loc, other[..., np.newaxis])
    assert values.shape == (4000,)
    assert np.all(values >= 0)
    assert np.all(values[np.abs(change[:, 0]) > 1e-7] > 0)


def test_first_argument_does_the_averaging():
    """One dimension, σ = 1 against σ = 2: ln 2 + 1/8 − ½ one way, 2 − ½ − ln 2 the other."""
    narrow, wide = ([0.0], [[1.0]]), ([0.0], [[2.0]])
    np.testing.assert_allclose(kl_gaussian(*narrow, *wide), np.log(2) - 3 / 8)
    np.testing.assert_allclose(kl_gaussian(*wide, *narrow), 1.5 - np.log(2))


def test_invariant_under_a_common_linear_map():
    rng = np.random.default_rng(1)
    locs = rng.normal(size=(2, 4))
    trils = np.tril(rng.normal(size=(2, 4, 4)), -1) + np.eye(4) * rng.uniform(
        0.5, 2, size=(2, 4, 1)
    )
    A, shift = rng.normal(size=(4, 4)), rng.normal(size=4)
    moved = [
        (A @ loc + shift, np.linalg.cholesky(A @ L @ L.T @ A.T))
        for loc, L in zip(locs, trils, strict=True)
    ]
    np.testing.assert_allclose(
        kl_gaussian(*moved[0], *moved[1]),
        kl_gaussian(locs[0], trils[0], locs[1], trils[1]),
        rtol=1e-9,
    )


def test_sum_over_independent_components():
    rng = np.random.default_rng(2)
    loc_a, loc_b = rng.normal(size=(2, 5))
    scale_a, scale_b = rng.uniform(0.1, 3, size=(2, 5))
    parts = kl_gaussian(
        loc_a[:, None], scale_a[:, None, None], loc_b[:, None], scale_b[:, None, None]
    )
    whole = kl_gaussian(loc_a, np.diag(scale_a), loc_b, np.diag(scale_b))
    np.testing.assert_allclose(whole, parts.sum(), rtol=1e-13)


def test_batch_axes_broadcast():
    locs = np.random.default_rng(3).normal(size=(3, 1, 2))
    trils = np.array([np.eye(2), 2 * np.eye(2), LECTURE_TARGET[1], LECTURE_START[1]])
    values = kl_gaussian(locs, np.eye(2), [0.0, 0.0], trils)
    assert values.shape == (3, 4)
    assert values.dtype == np.float64
    for i, j in np.ndindex(3, 4):
        single = kl_gaussian(locs[i, 0], np.eye(2), [0.0, 0.0], trils[j])
        assert single == pytest.approx(values[i, j], rel=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_other_dtypes_are_computed_in_float64(dtype):
    value = kl_gaussian(np.ones(2, dtype), np.eye(2, dtype=dtype), np.zeros(2, dtype), np.eye(2))
    assert value.dtype == np.float64
    assert value == 1.0


GOOD = {
    "loc_a": [0.0, 0.0],
    "scale_tril_a": np.eye(2),
    "loc_b": [0.0, 0.0],
    "scale_tril_b": np.eye(2),
}


@pytest.mark.parametrize("letter", ["a", "b"])
@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("loc", [0.0, np.nan], ValueError, r"loc_{} must be finite; got \[ *0\. +nan\]"),
        ("loc", [0.0, np.inf], ValueError, r"loc_{} must be finite; got \[ *0\. +inf\]"),
        (
            "loc",
            [0.0] * 3,
            ValueError,
            r"loc_{} must have as many entries as scale_tril_{}, 2; .*3",
        ),
        ("loc", 0.0, ValueError, r"loc_{} must have as many entries .* got shape \(\)"),
        ("loc", ["0", "1"], TypeError, r"loc_{} must hold real numbers; got dtype <U1"),
        ("loc", [0, 1j], TypeError, r"loc_{} must hold real numbers; got dtype complex128"),
        (
            "scale_tril",
            np.diag([1.0, 0.0]),
            ValueError,
            r"diagonal of scale_tril_{} .*positive.* 0\.",
        ),
        (
            "scale_tril",
            np.diag([1.0, -2.0]),
            ValueError,
            r"diagonal of scale_tril_{} .*positive.*-2",
        ),
        (
            "scale_tril",
            np.diag([1.0, np.nan]),
            ValueError,
            r"scale_tril_{} must be finite; got \[\[ 1\.  0\.\] \[ 0\. nan\]\]",
        ),
        ("scale_tril", [[1, 2], [0, 1]], ValueError, r"scale_tril_{} must be lower triangular.* 2"),
        (
            "scale_tril",
            np.ones((2, 3)),
            ValueError,
            r"scale_tril_{} must have shape .* got \(2, 3\)",
        ),
        (
            "scale_tril",
            [[2, 1], [1, 2]],
            ValueError,
            r"scale_tril_{} must be lower .* which is symmetric: np\.linalg\.cholesky factors",
        ),
        ("scale_tril", [1.0, 2.0], ValueError, r"scale_tril_{} must have shape .* got \(2,\)"),
        (
            "scale_tril",
            np.ones((0, 0)),
            ValueError,
            r"scale_tril_{} must have shape .* got \(0, 0\)",
        ),
    ],
)
def test_bad_input_is_named(letter, name, value, error, message):
    with pytest.raises(error, match=message.replace("{}", letter)):
        kl_gaussian(**GOOD | {f"{name}_{letter}": value})


@pytest.mark.parametrize("nearly", [0, 1e-12])
def test_a_covariance_is_told_from_other_matrices(nearly):
    """Rounding can make a computed covariance unsymmetric."""
    with pytest.raises(ValueError, match=r"np\.linalg\.cholesky"):
        kl_floor([[2.0, 1.0 + nearly], [1.0, 2.0]], direction="forward")
    with pytest.raises(
        ValueError, match=r"must be lower triangular; got \[\[2\. 1\.\] \[0\. 2\.\]\]$"
    ):
        kl_floor([[2.0, 1.0], [0.0, 2.0]], direction="forward")


def test_a_distribution_is_no_array():
    from klhelpers import lecture_target

    message = r"scale_tril must hold .* a distribution, MultivariateNormalTriL.*scale\.to_dense\(\)"
    with pytest.raises(TypeError, match=message):
        kl_floor(lecture_target(), direction="forward")


def test_dimensions_must_agree():
    with pytest.raises(ValueError, match=r"loc_b must have as many entries as loc_a, 2; got 3"):
        kl_gaussian([0, 0], np.eye(2), [0, 0, 0], np.eye(3))
