"""What holds for all Gaussians, tried on many random ones; a failure shrinks to a simple case.

The reference is the textbook formula with covariances, inverses and determinants of NumPy.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import klhelpers as kl
from klhelpers.quiet_tensorflow import tfp

tfd = tfp.distributions

PAIRS = 10_000
DIRECTIONS = st.sampled_from(["reverse", "forward"])
ALPHAS = st.floats(0.01, 0.99)

cases = settings(max_examples=200, deadline=None, derandomize=True)


def textbook(loc_a, tril_a, loc_b, tril_b):
    """½ (tr S_b⁻¹ S_a + Δᵀ S_b⁻¹ Δ − d + ln |S_b| / |S_a|)."""
    cov_a, cov_b = (tril @ np.swapaxes(tril, -1, -2) for tril in (tril_a, tril_b))
    precision, change = np.linalg.inv(cov_b), loc_b - loc_a
    trace = np.trace(precision @ cov_a, axis1=-2, axis2=-1)
    distance = np.einsum("...i,...ij,...j", change, precision, change)
    log_dets = np.linalg.slogdet(cov_b)[1] - np.linalg.slogdet(cov_a)[1]
    return (trace + distance - loc_a.shape[-1] + log_dets) / 2


def covariance(tril):
    return tril @ tril.T


@st.composite
def factors(draw, d):
    """Draw a Cholesky factor, with scales between 0.2 and 5."""
    entries = draw(arrays(np.float64, (d, d), elements=st.floats(-2, 2)))
    scales = draw(arrays(np.float64, d, elements=st.floats(0.2, 5)))
    return np.tril(entries, -1) + np.diag(scales)


@st.composite
def gaussians(draw, number, least=1, most=4):
    """Draw means and Cholesky factors of several Gaussians of one dimension."""
    d = draw(st.integers(least, most))
    locs = arrays(np.float64, d, elements=st.floats(-3, 3))
    return [(draw(locs), draw(factors(d))) for _ in range(number)]


def test_many_random_pairs_agree_with_the_textbook():
    rng = np.random.default_rng(12)
    for d in range(1, 6):
        loc_a, loc_b = rng.normal(size=(2, PAIRS // 5, d))
        tril_a, tril_b = np.tril(rng.normal(size=(2, PAIRS // 5, d, d)), -1)
        for tril in (tril_a, tril_b):
            tril[:, range(d), range(d)] = rng.uniform(0.3, 3, size=(PAIRS // 5, d))
        expected = textbook(loc_a, tril_a, loc_b, tril_b)
        np.testing.assert_allclose(
            kl.kl_gaussian(loc_a, tril_a, loc_b, tril_b), expected, rtol=1e-9, atol=1e-9
        )
        a, b = (
            tfd.MultivariateNormalTriL(loc.astype(np.float32), tril.astype(np.float32))
            for loc, tril in ((loc_a, tril_a), (loc_b, tril_b))
        )
        np.testing.assert_allclose(a.kl_divergence(b), expected, rtol=1e-4, atol=1e-4)


@cases
@given(gaussians(2))
def test_never_negative(pair):
    (loc_a, tril_a), (loc_b, tril_b) = pair
    assert kl.kl_gaussian(loc_a, tril_a, loc_b, tril_b) >= 0


@cases
@given(gaussians(3))
def test_unchanged_by_a_common_affine_map(triple):
    (loc_a, tril_a), (loc_b, tril_b), (shift, matrix) = triple
    mapped = [
        (matrix @ loc + shift, np.linalg.cholesky(covariance(matrix @ tril)))
        for loc, tril in ((loc_a, tril_a), (loc_b, tril_b))
    ]
    np.testing.assert_allclose(
        kl.kl_gaussian(*mapped[0], *mapped[1]),
        kl.kl_gaussian(loc_a, tril_a, loc_b, tril_b),
        rtol=1e-7,
        atol=1e-9,
    )


@cases
@given(gaussians(2))
def test_splits_into_a_part_of_the_means_and_one_of_the_covariances(pair):
    (loc_a, tril_a), (loc_b, tril_b) = pair
    zero = np.zeros_like(loc_a)
    parts = kl.kl_gaussian(zero, tril_a, zero, tril_b) + kl.kl_gaussian(
        loc_a, tril_b, loc_b, tril_b
    )
    np.testing.assert_allclose(
        kl.kl_gaussian(loc_a, tril_a, loc_b, tril_b), parts, rtol=1e-9, atol=1e-12
    )


@cases
@given(gaussians(2, least=2))
def test_splits_into_the_first_component_and_the_others_given_it(pair):
    """Conditionals have a fixed covariance, and a mean that is linear in the first component."""
    (loc_a, tril_a), (loc_b, tril_b) = pair
    first = kl.kl_gaussian(loc_a[:1], tril_a[:1, :1], loc_b[:1], tril_b[:1, :1])
    slopes = [tril[1:, 0] / tril[0, 0] for tril in (tril_a, tril_b)]
    # at the mean of a, and what the spread of the first component adds
    at_mean = loc_b[1:] + slopes[1] * (loc_a[0] - loc_b[0])
    others = kl.kl_gaussian(loc_a[1:], tril_a[1:, 1:], at_mean, tril_b[1:, 1:])
    change = np.linalg.solve(tril_b[1:, 1:], slopes[0] - slopes[1])
    spread = tril_a[0, 0] ** 2 * change @ change / 2
    np.testing.assert_allclose(
        kl.kl_gaussian(loc_a, tril_a, loc_b, tril_b), first + others + spread, rtol=1e-8, atol=1e-10
    )


@cases
@given(gaussians(2, least=2))
def test_forward_optimum_splits_the_divergence_of_every_diagonal_q(pair):
    """Pythagoras: KL(p‖q) = KL(p‖q*) + KL(q*‖q)."""
    (loc, tril), (loc_q, other) = pair
    scale_q = np.diag(np.diag(other))
    best = kl.optimal_diag_gaussian(loc, tril, direction="forward")
    scale = np.diag(best.scale)
    np.testing.assert_allclose(
        kl.kl_gaussian(loc, tril, loc_q, scale_q),
        kl.kl_gaussian(loc, tril, best.loc, scale)
        + kl.kl_gaussian(best.loc, scale, loc_q, scale_q),
        rtol=1e-9,
        atol=1e-10,
    )


@cases
@given(gaussians(2, least=2), DIRECTIONS)
def test_no_diagonal_q_is_below_the_floor(pair, direction):
    (loc, tril), (loc_q, other) = pair
    floor = kl.kl_floor(tril, direction=direction)
    best = kl.optimal_diag_gaussian(loc, tril, direction=direction)
    for mean, scales in ((loc_q, np.diag(other)), (best.loc, best.scale)):
        p, q = (loc, tril), (mean, np.diag(scales))
        value = kl.kl_gaussian(*q, *p) if direction == "reverse" else kl.kl_gaussian(*p, *q)
        assert value >= floor - 1e-9 * max(1, floor)
    np.testing.assert_allclose(value, floor, rtol=1e-7, atol=1e-9)


@cases
@given(gaussians(1, least=2), ALPHAS)
def test_optimum_of_order_alpha_solves_its_equation(only, alpha):
    """The variances qᵢ satisfy qᵢ (M⁻¹)ᵢᵢ = 1 with M = α Q + (1 − α) S."""
    [(loc, tril)] = only
    q = kl.optimal_diag_gaussian_alpha(loc, tril, alpha=alpha).scale ** 2
    mixed = alpha * np.diag(q) + (1 - alpha) * covariance(tril)
    np.testing.assert_allclose(q * np.diag(np.linalg.inv(mixed)), 1, rtol=1e-8)


@cases
@given(st.floats(-0.999, 0.999), ALPHAS, st.floats(0.2, 5), st.floats(0.2, 5))
def test_formula_of_order_alpha_in_two_dimensions(rho, alpha, one, other):
    """The equation has one positive solution, which is the same share of both variances."""
    tril = np.array([[one, 0.0], [rho * other, other * np.sqrt(1 - rho**2)]])
    q = kl.optimal_diag_gaussian_alpha([0.0, 0.0], tril, alpha=alpha).scale ** 2
    # α² v² + 2 α (1 − α) v + (1 − α)² (1 − ρ²) = v (α v + 1 − α), by powers of the share v
    a, b, c = alpha * (alpha - 1), (1 - alpha) * (2 * alpha - 1), (1 - alpha) ** 2 * (1 - rho**2)
    share = (-b - np.sqrt(b * b - 4 * a * c)) / (2 * a)
    np.testing.assert_allclose(q, share * np.array([one, other]) ** 2, rtol=1e-7)
