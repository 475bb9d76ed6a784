"""The families of q, and the least divergence that each can reach."""

from functools import cache

import numpy as np

from klhelpers.direction import ordered
from klhelpers.divergences import kl_floor, kl_gaussian
from klhelpers.explore._bivariate import BivariateGaussian

FAMILIES = ("isotropic", "diagonal", "full")
NAMES = {name: name for name in FAMILIES} | {"diagonal": "diagonal (mean-field)"}
BIJECTORS = ("Exp", "Softplus")


def family_floor(family: str, p: BivariateGaussian, direction: str) -> float:
    """Least divergence, in nats, that a Gaussian of the family reaches to p.

    Notes
    -----
    For the full family it is zero.  With one standard deviation s for both components, the best q
    has s² = d / tr S⁻¹ for KL(q‖p) and s² = tr S / d for KL(p‖q), S being p's
    covariance.
    """
    if family == "full":
        return 0.0
    if family == "diagonal":
        return float(kl_floor(p.scale_tril, direction=direction))
    tril = p.scale_tril
    matrix = tril if direction == "forward" else np.linalg.inv(tril)
    mean_square = np.sum(matrix**2) / 2  # tr S / d, or tr S⁻¹ / d
    scale = np.sqrt(mean_square if direction == "forward" else 1 / mean_square)
    first, second = ordered(direction, (p.loc, tril), (p.loc, scale * np.eye(2)))
    return float(kl_gaussian(*first, *second))


def trainable(family: str, bijector: str, loc: tuple[float, float], scale: tuple[float, float]):
    """Make a trainable q of the family, float64; an isotropic one takes the first scale."""
    from klhelpers.distributions import trainable_diag_gaussian  # loads TensorFlow
    from klhelpers.quiet_tensorflow import tf, tfp

    tfb, tfd = tfp.bijectors, tfp.distributions
    positive = getattr(tfb, bijector)()
    loc, scale = np.array(loc, np.float64), np.array(scale, np.float64)
    if family == "diagonal":
        return trainable_diag_gaussian(loc, scale, scale_bijector=positive)
    mean = tf.Variable(loc, name="loc")
    if family == "full":
        triangle = tfb.FillScaleTriL(diag_bijector=positive, diag_shift=None)
        factor = tfp.util.TransformedVariable(np.diag(scale), bijector=triangle, name="scale_tril")
        return tfd.MultivariateNormalTriL(loc=mean, scale_tril=factor)
    raw = tf.Variable(positive.inverse(scale[:1]), name="scale")
    both = tfp.util.DeferredTensor(raw, _twice(bijector), shape=[2])
    return tfd.MultivariateNormalDiag(loc=mean, scale_diag=both)


def target(p: BivariateGaussian):
    """Make the distribution to fit q to, float64."""
    from klhelpers.quiet_tensorflow import tfp  # loads TensorFlow

    loc = np.array(p.loc, np.float64)
    return tfp.distributions.MultivariateNormalTriL(loc=loc, scale_tril=p.scale_tril)


@cache
def _twice(bijector: str):
    """Return the function from one unconstrained number to two equal scales.

    It is cached: a new function in every fit would make TensorFlow trace every fit again.
    """
    from klhelpers.quiet_tensorflow import tf, tfp

    positive = getattr(tfp.bijectors, bijector)()
    return lambda raw: tf.broadcast_to(positive.forward(raw), [2])
