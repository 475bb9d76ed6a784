"""The browser's fits against TensorFlow: gradients in the variables, and runs step by step."""

import itertools
from functools import cache

import mpmath as mp
import numpy as np
import pytest
from thorough import thoroughly

from klhelpers import kl_gaussian, loss_and_grads, minimize_kl
from klhelpers.direction import ordered
from klhelpers.live.assets import joined
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
DIRECTIONS = ["reverse", "forward"]
FAMILIES = ["isotropic", "diagonal", "full"]
BIJECTORS = ["Exp", "Softplus"]
CASES = list(itertools.product(DIRECTIONS, FAMILIES, BIJECTORS))
STEPS = 250


@cache
def both(bijector):
    """Two equal scales of one number; always the same function, so that graphs serve again."""
    return lambda raw: tf.broadcast_to(getattr(tfb, bijector)().forward(raw), [2])


def trainable(family, bijector, loc, tril):
    """A float64 q, and the order of its unconstrained numbers in the browser."""
    positive, (a, b, c) = getattr(tfb, bijector)(), tril
    mean = tf.Variable(np.array(loc))
    if family == "full":
        triangle = tfb.FillScaleTriL(diag_bijector=positive, diag_shift=None)
        factor = np.array([[a, 0], [b, c]])
        scale = tfp.util.TransformedVariable(factor, bijector=triangle)
        return tfd.MultivariateNormalTriL(loc=mean, scale_tril=scale), [0, 1, 4, 2, 3]
    raw = tf.Variable(positive.inverse(np.array([a] if family == "isotropic" else [a, c])))
    scale = tfp.util.DeferredTensor(raw, both(bijector), shape=[2])
    return tfd.MultivariateNormalDiag(loc=mean, scale_diag=scale), [0, 1, 2, 3]


def target(loc, tril):
    a, b, c = tril
    return tfd.MultivariateNormalTriL(np.array(loc), np.array([[a, 0], [b, c]]))


def random_pair(family, seed, scales=(-1, 1)):
    rng = np.random.default_rng(seed)
    made = []
    for letter in "pq":
        s1, s2 = 10 ** rng.uniform(*scales, 2)
        rho = rng.uniform(-0.99, 0.99) if letter == "p" or family == "full" else 0.0
        s2 = s1 if letter == "q" and family == "isotropic" else s2
        tril = [s1, rho * s2, s2 * np.sqrt(1 - rho**2)]
        made.append({"loc": rng.normal(size=2).tolist(), "tril": [float(x) for x in tril]})
    return dict(zip("pq", made, strict=True))


@pytest.fixture(scope="module")
def browsed(browser):
    """Run a function with the mathematics in scope."""
    page = browser.new_page()
    yield lambda code, given: page.evaluate(f"given => {{ {joined('steps')}; {code} }}", given)
    page.close()


@pytest.mark.parametrize(("direction", "family", "bijector"), CASES)
def test_gradients_in_the_variables(browsed, direction, family, bijector):
    pairs = [random_pair(family, seed) for seed in range(25)]
    code = f"""return given.map(({{ p, q }}) => {{
      const x = variables("{family}", "{bijector}", q);
      return [x, slopes("{direction}", "{family}", "{bijector}", p, x)];
    }});"""
    for pair, (x, slopes) in zip(pairs, browsed(code, pairs), strict=True):
        q, order = trainable(family, bijector, **pair["q"])
        _, grads = loss_and_grads(q, target(**pair["p"]), direction=direction)
        raw = np.concatenate([np.ravel(v.numpy()) for v in q.trainable_variables])
        taped = np.concatenate([np.ravel(g.numpy()) for g in grads])
        order = order[: len(raw)]
        np.testing.assert_allclose(x, raw[order], rtol=1e-12, atol=1e-15)
        # A gradient is a sum: its error is relative to the largest entry.
        np.testing.assert_allclose(slopes, taped[order], rtol=1e-9, atol=1e-12 * max(abs(taped)))


def exact_natural(family, bijector, x, g):
    """F⁻¹ g with the Fisher matrix of any Gaussian, in 50 digits."""
    forward = {"Exp": mp.exp, "Softplus": lambda v: mp.log1p(mp.exp(v))}[bijector]
    slope = {"Exp": mp.exp, "Softplus": lambda v: 1 / (1 + mp.exp(-v))}[bijector]
    x = [mp.mpf(v) for v in x]
    a, da = forward(x[2]), slope(x[2])
    c, dc = (a, 0) if family == "isotropic" else (forward(x[3]), slope(x[3]))
    b = x[4] if family == "full" else 0
    factor = mp.matrix([[a, 0], [b, c]])
    changes = {
        "isotropic": [[[da, 0], [0, da]]],
        "diagonal": [[[da, 0], [0, 0]], [[0, 0], [0, dc]]],
        "full": [[[da, 0], [0, 0]], [[0, 0], [0, dc]], [[0, 0], [1, 0]]],
    }[family]
    inverse = mp.inverse(factor * factor.T)
    relative = []  # Σ⁻¹ ∂Σ for each of the numbers of the factor
    for change in map(mp.matrix, changes):
        relative.append(inverse * (change * factor.T + factor * change.T))
    size = 2 + len(relative)
    fisher = mp.zeros(size)
    fisher[:2, :2] = inverse
    for i, j in itertools.product(range(len(relative)), repeat=2):
        product = relative[i] * relative[j]
        fisher[2 + i, 2 + j] = (product[0, 0] + product[1, 1]) / 2
    return mp.lu_solve(fisher, mp.matrix(g))


@pytest.mark.parametrize(("family", "bijector"), list(itertools.product(FAMILIES, BIJECTORS)))
def test_natural_gradients(browsed, family, bijector):
    pairs = [random_pair(family, seed, (-3, 3)) for seed in range(50)]
    code = f"""return given.map(({{ p, q }}) => {{
      const x = variables("{family}", "{bijector}", q);
      const g = slopes("reverse", "{family}", "{bijector}", p, x);
      return [x, g, naturalSlopes("{family}", "{bijector}", x, g)];
    }});"""
    for x, g, natural in browsed(code, pairs):
        with mp.workdps(50):
            wanted = [float(v) for v in exact_natural(family, bijector, x, g)]
        for part in (slice(0, 2), slice(2, 4), slice(4, 5)):  # mean, scales, and below them
            size = max(map(abs, wanted[part]), default=0)
            np.testing.assert_allclose(natural[part], wanted[part], rtol=1e-9, atol=1e-12 * size)


STARTS = {  # mean and factor of q, rate
    "the lecture's": ([0.5, -1.0], [0.5, 0.0, 0.7], 0.01),
    "far and narrow": ([3.0, -2.0], [0.1, 0.02, 0.1], 0.1),
    "wide": ([-1.0, 1.0], [4.0, -1.0, 3.0], 0.05),
    "with p's mean": ([0.25, -0.5], [0.5, 0.3, 0.5], 0.2),
    "slow": ([1.0, 1.0], [1.0, 0.0, 1.0], 0.001),
}
P = {"loc": [0.25, -0.5], "tril": [1.5, 0.8, 0.6]}
RUN = """const { p, start, rate, direction, family, bijector } = given;
  const fit = startFit({ direction, family, bijector, optimiser: "Adam", rate, p, start });
  fit.advance(250);
  return [fit.q.map((q) => q.loc), fit.q.map((q) => q.tril), fit.loss];"""


@pytest.mark.parametrize("start", thoroughly(STARTS, always=["the lecture's", "far and narrow"]))
@pytest.mark.parametrize(("direction", "family", "bijector"), CASES)
def test_adam_step_by_step(browsed, direction, family, bijector, start):
    loc, (a, b, c), rate = STARTS[start]
    tril = {"isotropic": [a, 0.0, a], "diagonal": [a, 0.0, c], "full": [a, b, c]}[family]
    q, _ = trainable(family, bijector, loc, tril)
    record = minimize_kl(q, target(**P), direction=direction, num_steps=STEPS, learning_rate=rate)
    given = {"direction": direction, "family": family, "bijector": bijector, "p": P}
    given |= {"start": {"loc": loc, "tril": tril}, "rate": rate}
    locs, trils, losses = map(np.array, browsed(RUN, given))
    assert len(losses) == record.num_steps + 1 == STEPS + 1
    factors = record.scale_tril[:, [0, 1, 1], [0, 0, 1]]
    for found, wanted in ((locs, record.loc), (trils, factors)):
        error = np.abs(found - wanted) / np.abs(wanted).max(axis=1, keepdims=True)
        assert error.max() <= 1e-9  # 5e-15 when this was written
    # TensorFlow Probability adds terms of size 1 that cancel near q = p: it has 16 decimals there.
    np.testing.assert_allclose(losses, record.loss, rtol=1e-9, atol=1e-15)
    # The browser keeps its digits there, as klhelpers' closed form does.
    zeros = np.zeros(len(trils))
    own = locs, np.array([[trils[:, 0], zeros], [trils[:, 1], trils[:, 2]]]).transpose(2, 0, 1)
    p = np.array(P["loc"]), np.array([[P["tril"][0], 0], P["tril"][1:]])
    first, second = ordered(direction, p, own)
    np.testing.assert_allclose(losses, kl_gaussian(*first, *second), rtol=1e-9)
