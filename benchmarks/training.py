"""250 Adam steps: the lecture's loop against one graph, and a thousand starts at once."""

import time

import numpy as np
from measure import seconds

import klhelpers as kl
from klhelpers.quiet_tensorflow import tf, tfp

NUM_STEPS, LEARNING_RATE, STARTS = 250, 0.01, 1000


def lecture_loop(q, p) -> None:
    """Loss and gradients in a graph, Adam's step outside, 250 times."""

    @tf.function
    def loss_and_gradients(q, p):
        with tf.GradientTape() as tape:
            loss = tfp.distributions.kl_divergence(q, p)
        return loss, tape.gradient(loss, q.trainable_variables)

    optimizer = tf.keras.optimizers.Adam(learning_rate=LEARNING_RATE)
    for _ in range(NUM_STEPS):
        _, gradients = loss_and_gradients(q, p)
        optimizer.apply_gradients(zip(gradients, q.trainable_variables, strict=True))


def our_fit(q, p) -> None:
    kl.minimize_kl(q, p, num_steps=NUM_STEPS, learning_rate=LEARNING_RATE)


def train_all() -> dict[str, tuple[float, float]]:
    """Seconds of the first call and the median of five later ones, each on a new q."""
    p = kl.lecture_target()
    rng = np.random.default_rng(41)

    def new_q(*batch: int):
        loc = rng.normal(size=(*batch, 2)).astype(np.float32)
        scale = rng.uniform(0.2, 1.0, size=(*batch, 2)).astype(np.float32)
        return kl.trainable_diag_gaussian(loc, scale)

    results = {}
    for name, fit, batch in (
        ("the lecture's loop", lecture_loop, ()),
        ("`minimize_kl`", our_fit, ()),
        (f"`minimize_kl`, {STARTS} starts at once", our_fit, (STARTS,)),
    ):
        start = time.perf_counter()
        fit(new_q(*batch), p)
        first = time.perf_counter() - start
        queue = [new_q(*batch) for _ in range(5)]
        later = seconds(lambda f=fit, qs=queue: f(qs.pop(), p), 5)
        results[name] = (first, later)
        print(f"  {name}: first {first:.2f} s, later {later:.4f} s", flush=True)
    return results
