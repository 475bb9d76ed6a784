"""The KL of TensorFlow Probability and its gradients against three other ways to find them."""

import numpy as np
import pytest

from klhelpers import (
    gaussian_target,
    kl_gaussian,
    loss_and_grads,
    trainable_diag_gaussian,
    trainable_full_gaussian,
)
from klhelpers.quiet_tensorflow import tf, tfp

tfb, tfd = tfp.bijectors, tfp.distributions
DIRECTIONS = ["forward", "reverse"]


def diag(loc, scale, bijector=None):
    return lambda: trainable_diag_gaussian(np.array(loc), np.array(scale), scale_bijector=bijector)


def full(loc, scale_tril):
    return lambda: trainable_full_gaussian(np.array(loc), np.array(scale_tril))


def target(loc, scale_tril):
    return tfd.MultivariateNormalTriL(loc=np.array(loc), scale_tril=np.array(scale_tril))


P = target([0.5, -0.5], [[0.8688682, 0.0], [0.6666248, 1.0177136]])
PAIRS = {
    "diagonal": (diag([-0.9, -0.5], [0.6, 0.7]), P),
    "diagonal by softplus": (diag([-0.9, -0.5], [0.6, 0.7], tfb.Softplus()), P),
    "full": (full([1.0, 2.0], [[0.5, 0.0], [-0.4, 2.0]]), P),
    "3-D": (
        diag([0.0, 1.0, 2.0], [1.0, 2.0, 0.5]),
        target([1.0, 1.0, 1.0], [[1.0, 0, 0], [0.8, 0.5, 0], [-0.3, 0.6, 0.7]]),
    ),
    "correlation 0.99995": (
        diag([0.01, 0.0], [0.9, 1.1]),
        target([0.0, 0.0], [[1.0, 0.0], [0.99995, 0.01]]),
    ),
    "narrow q, wide p": (diag([0.1, -0.1], [1e-3, 2e-3]), target([0.0, 0.0], np.diag([1e3, 1e3]))),
    "wide q, narrow p": (diag([0.1, -0.1], [1e3, 2e3]), target([0.0, 0.0], np.diag([1e-3, 1e-3]))),
    "means far apart": (diag([1e5, -1e5], [1.0, 2.0]), P),
}
ALL = [
    pytest.param(*pair, direction, id=f"{name}, {direction}")
    for name, pair in PAIRS.items()
    for direction in DIRECTIONS
]
pairs = pytest.mark.parametrize(("make_q", "p", "direction"), ALL)


def numpy_kl(q, p, direction):
    q, p = ((x.mean().numpy(), x.scale.to_dense().numpy()) for x in (q, p))
    return kl_gaussian(*p, *q) if direction == "forward" else kl_gaussian(*q, *p)


@pairs
def test_value_is_the_numpy_closed_form(make_q, p, direction):
    q = make_q()
    loss, _ = loss_and_grads(q, p, direction=direction)
    assert loss.dtype == tf.float64
    np.testing.assert_allclose(loss, numpy_kl(q, p, direction), rtol=1e-10)


@pairs
def test_value_is_within_four_standard_errors_of_monte_carlo(make_q, p, direction):
    q = make_q()
    a, b = (p, q) if direction == "forward" else (q, p)
    x = a.sample(20_000, seed=7)
    log_ratio = (a.log_prob(x) - b.log_prob(x)).numpy()
    error = log_ratio.std(ddof=1) / np.sqrt(log_ratio.size)
    loss, _ = loss_and_grads(q, p, direction=direction)
    assert abs(log_ratio.mean() - loss) < 4 * error


@pairs
def test_gradients_are_central_differences(make_q, p, direction):
    q = make_q()
    loss, gradients = loss_and_grads(q, p, direction=direction)
    assert len(gradients) == len(q.trainable_variables)
    for variable, gradient in zip(q.trainable_variables, gradients, strict=True):
        values, gradient = variable.numpy(), gradient.numpy()
        for index in np.ndindex(values.shape):
            # The whole divergence is rounded to 1e-16 of itself: a wider step where it is large.
            step = 1e-5 * max(1.0, abs(values[index]))
            ends = []
            for sign in (1, -1):
                moved = values.copy()
                moved[index] += sign * step
                variable.assign(moved)
                ends.append(numpy_kl(q, p, direction))
            variable.assign(values)
            rounding = 1e-15 * abs(float(loss)) / step
            difference = (ends[0] - ends[1]) / (2 * step)
            np.testing.assert_allclose(gradient[index], difference, rtol=2e-6, atol=rounding + 1e-9)


def test_the_value_of_the_lecture():
    q = trainable_diag_gaussian([0.0, 0.0], [1.0, 1.0])
    loss, _ = loss_and_grads(q, gaussian_target([-0.5, 1.25, 1.0]), direction="reverse")
    assert loss.dtype == tf.float32
    np.testing.assert_allclose(loss, 3.056092, atol=1e-6)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_zero_and_flat_where_q_is_p(direction):
    q = trainable_full_gaussian(P.mean().numpy(), P.scale_tril.numpy())
    loss, gradients = loss_and_grads(q, P, direction=direction)
    np.testing.assert_allclose(loss, 0, atol=1e-14)
    for gradient in gradients:
        np.testing.assert_allclose(gradient, 0, atol=1e-13)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_batch_of_q_has_a_batch_of_losses(direction):
    locs, scales = np.random.default_rng(0).uniform(0.5, 2, size=(2, 4, 2))
    loss, (loc_gradient, scale_gradient) = loss_and_grads(
        trainable_diag_gaussian(locs, scales), P, direction=direction
    )
    assert (loss.shape, loc_gradient.shape, scale_gradient.shape) == ((4,), (4, 2), (4, 2))
    for i in range(4):
        one, gradients = loss_and_grads(diag(locs[i], scales[i])(), P, direction=direction)
        np.testing.assert_allclose(loss[i], one, rtol=1e-13)
        np.testing.assert_allclose(loc_gradient[i], gradients[0], rtol=1e-12)
        np.testing.assert_allclose(scale_gradient[i], gradients[1], rtol=1e-12)


def test_works_inside_a_graph_with_q_and_p_as_arguments():
    @tf.function(autograph=False)
    def in_graph(q, p):
        return loss_and_grads(q, p, direction="reverse")

    for p in (P, target([2.0, 2.0], np.eye(2))):
        q = diag([0.0, 0.0], [1.0, 1.0])()
        loss, gradients = in_graph(q, p)
        expected, expected_gradients = loss_and_grads(q, p, direction="reverse")
        np.testing.assert_allclose(loss, expected, rtol=1e-13)
        for one, other in zip(gradients, expected_gradients, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize(
    ("direction", "arrow"), [("forward", r"KL\(p‖q\)"), ("reverse", r"KL\(q‖p\)")]
)
def test_an_unregistered_pair_names_the_ways_out(direction, arrow):
    mixture = tfd.MixtureSameFamily(
        tfd.Categorical(logits=np.zeros(2)), gaussian_target(np.zeros((2, 3)))
    )
    pair = "MixtureSameFamily and MultivariateNormalDiag"
    if direction == "reverse":
        pair = "MultivariateNormalDiag and MixtureSameFamily"
    message = rf"{arrow} has a closed form registered; {pair} have none: .*monte_carlo.*RegisterKL"
    with pytest.raises(TypeError, match=message):
        loss_and_grads(diag([0.0, 0.0], [1.0, 1.0])(), mixture, direction=direction)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"direction": "rev"}, ValueError, r"direction must be 'reverse', .*; got 'rev'"),
        ({"q": "q"}, TypeError, r"q must be a TensorFlow Probability distribution; got 'q'"),
        ({"p": 3}, TypeError, r"p must be a TensorFlow Probability distribution; got 3"),
        ({"q": P}, ValueError, r"q must have trainable variables; MultivariateNormalTriL .* none"),
        (
            {"q": tfb.Exp()(P)},
            ValueError,
            r"variables; TransformedDistribution .* none; a network .* call q\.sample\(\)",
        ),
        (
            {"p": gaussian_target(np.zeros(3, np.float32))},
            TypeError,
            r"q and p must have one dtype; got q float64 and p float32",
        ),
        (
            {"p": gaussian_target(np.zeros(6))},
            ValueError,
            r"q and p must have one event shape; got q \(2,\) and p \(3,\)",
        ),
        (
            {"p": tfd.JointDistributionSequential([P, P])},
            TypeError,
            r"p must have a single tensor .*; JointDistributionSequential has .*: tfd\.Blockwise",
        ),
        (
            {
                "q": trainable_diag_gaussian(np.zeros((3, 2)), np.ones((3, 2))),
                "p": gaussian_target(np.zeros((4, 3))),
            },
            ValueError,
            r"q and p must have batch shapes that broadcast; got q \(3,\) and p \(4,\)",
        ),
        (
            {"q": P, "p": diag([0.0, 0.0], [1.0, 1.0])()},
            ValueError,
            r"q must have trainable .* has none; p has some: q is the first argument",
        ),
    ],
)
def test_bad_input_is_named(changed, error, message):
    good = {"q": diag([0.0, 0.0], [1.0, 1.0])(), "p": P, "direction": "reverse"}
    with pytest.raises(error, match=message):
        loss_and_grads(**good | changed)


def test_blockwise_makes_one_vector_of_a_joint_distribution():
    """What the message for a joint distribution recommends."""
    vector = tfd.Blockwise(tfd.JointDistributionSequential([tfd.Normal(0.0, 1.0)] * 2))
    assert tuple(vector.event_shape) == (2,)
    np.testing.assert_allclose(vector.log_prob([0.0, 0.0]), -np.log(2 * np.pi), rtol=1e-6)


def test_batch_shapes_that_broadcast_are_accepted():
    q = trainable_diag_gaussian(np.zeros((3, 1, 2)), np.ones((3, 1, 2)))
    loss, _ = loss_and_grads(q, gaussian_target(np.zeros((4, 3))), direction="reverse")
    assert loss.shape == (3, 4)
