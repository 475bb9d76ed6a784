"""Key numbers of the chapter *Traps, then and now*, derived anew by other methods."""

import subprocess
import sys

import numpy as np
import pytest

import klhelpers as kl
from klhelpers.quiet_tensorflow import tf, tfp

EXAMPLE = np.array([[np.log1p(np.exp(1.0)) + 1e-5, 0.0], [1.25, np.log1p(np.exp(-0.5)) + 1e-5]])
LECTURE = np.array([[0.8688682, 0.0], [0.6666248, 1.0177136]])  # by its own lines, seed 41
START = np.array([-0.9192473, -0.5310501]), np.diag([0.5972202, 0.7375094])


def gaussian_kl(loc, tril, target):
    """KL(N(loc, tril trilᵀ) ‖ N(0, target targetᵀ)), by the logarithms of the determinants."""
    precision = np.linalg.inv(target @ target.T)
    covariance = tril @ tril.T
    log_ratio = -np.linalg.slogdet(covariance @ precision)[1]
    return (np.trace(precision @ covariance) + loc @ precision @ loc - len(loc) + log_ratio) / 2


def test_the_recorded_divergence_of_the_example():
    assert gaussian_kl(np.zeros(2), np.eye(2), EXAMPLE) == pytest.approx(3.056092, abs=1e-5)


def test_the_first_losses_belong_to_the_target_and_the_start():
    loc, tril = START
    assert gaussian_kl(loc, tril, LECTURE) == pytest.approx(0.871416, abs=1e-6)
    other = kl.kl_gaussian(np.zeros(2), LECTURE, loc, tril)
    assert other == pytest.approx(2.165799, abs=2e-6)


@pytest.mark.parametrize(("direction", "last"), [("reverse", 0.1785), ("forward", 0.1787)])
def test_the_loop_of_the_lecture_gives_the_fit_of_the_notes(direction, last):
    """All 250 updates; the page makes 20.  The last loss is just above the floor."""
    tfb, tfd = tfp.bijectors, tfp.distributions
    p, fit = kl.lecture_target(seed=41), kl.lecture_start(seed=41)
    fit = kl.minimize_kl(fit, p, direction=direction)
    tf.random.set_seed(41)
    q = tfd.MultivariateNormalDiag(
        loc=tf.Variable(tf.random.normal([2])),
        scale_diag=tfp.util.TransformedVariable(tf.random.uniform([2]), bijector=tfb.Exp()),
    )

    @tf.function
    def loss_and_grads(dist_a, dist_b):
        with tf.GradientTape() as tape:
            pair = (dist_a, dist_b) if direction == "reverse" else (dist_b, dist_a)
            loss = tfd.kl_divergence(*pair)
        return loss, tape.gradient(loss, dist_a.trainable_variables)

    opt, losses = tf.keras.optimizers.Adam(learning_rate=0.01), []
    for _ in range(251):
        loss, grads = loss_and_grads(q, p)
        opt.apply_gradients(zip(grads, q.trainable_variables, strict=True))
        losses.append(float(loss))
    np.testing.assert_allclose(losses, fit.loss, rtol=1e-5)
    assert losses[250] == pytest.approx(last, abs=1e-4)
    assert 0 <= losses[250] - kl.kl_floor(LECTURE, direction=direction) < 1e-3


@pytest.mark.parametrize("gradients", [(1.0, 3.0), (1.0, -1.05), (1.0, -1.2), (-2.0, 2.5)])
def test_the_means_in_a_shared_slot_solve_the_linear_recursion(gradients):
    beta, (g1, g2) = 0.9, gradients
    matrix = np.array([[1.0, -beta], [-beta, 1.0]])
    m1, m2 = np.linalg.solve(matrix, (1 - beta) * np.array([g1, g2]))
    assert m1 == pytest.approx((g1 + beta * g2) / (1 + beta))
    assert m2 == pytest.approx((g2 + beta * g1) / (1 + beta))
    assert m1 - m2 == pytest.approx((g1 - g2) / 19)


@pytest.mark.parametrize("d", [2, 3, 7])
def test_a_broadcast_event_adds_half_a_nat_per_missing_component(d):
    """TFP subtracts the size of the first event, 1, where the sum has d terms."""
    diag = tfp.distributions.MultivariateNormalDiag
    wide = diag(np.ones(d, np.float32), np.ones(d, np.float32))
    found = float(tfp.distributions.kl_divergence(diag([0.0], [1.0]), wide))
    assert found == pytest.approx(gaussian_kl(np.ones(d), np.eye(d), np.eye(d)) + (d - 1) / 2)


def test_tfp_cannot_be_used_without_tf_keras():
    lines = ["import sys", "sys.modules['tf_keras'] = None", "import tensorflow_probability as tfp"]
    lines += ["print('imported')", "tfp.distributions.Normal"]
    code = "\n".join(lines)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.startswith("imported") and run.returncode == 1
    assert "ModuleNotFoundError" in run.stderr and "tf_keras" in run.stderr
