"""What the live figures of a Gaussian target in the plane share."""

from typing import Any

from numpy.typing import NDArray

from klhelpers.live.figure import LiveFigure
from klhelpers.live.gaussians import distribution, scale_tril


class TargetFigure(LiveFigure):
    """A live figure of a Gaussian p.

    Subclasses have the quantities ``loc_p``, ``scale_p`` and ``correlation_p``.
    """

    @property
    def p(self) -> Any:
        """The target, a ``tfd.MultivariateNormalTriL`` of float64; this loads TensorFlow."""
        return distribution(self.loc_p, self.scale_p, self.correlation_p)

    @property
    def _tril_p(self) -> NDArray[Any]:
        return scale_tril(self.scale_p, self.correlation_p)


class GaussianFigure(TargetFigure):
    """A live figure of a Gaussian p, for which the reader moves a Gaussian q of some family.

    Subclasses also have the quantities ``loc``, ``scale`` and ``correlation`` of q, and
    ``family``.
    """

    def check(self, values: dict[str, Any]) -> None:
        """Raise ValueError if the family does not allow q."""
        family, (s1, s2) = values["family"], values["scale_q"]
        if family != "full" and values["correlation_q"] != 0:
            found = values["correlation_q"]
            raise ValueError(f"correlation_q must be 0 for a q that is {family}; got {found:g}")
        if family == "isotropic" and s1 != s2:
            raise ValueError(
                "scale_q must be two equal numbers for a q that is isotropic; "
                f"got {s1:g} and {s2:g}"
            )

    @property
    def _tril_q(self) -> NDArray[Any]:
        return scale_tril(self.scale_q, self.correlation_q)


class GaussianPairFigure(GaussianFigure):
    """A live figure in which the reader moves q itself, and not the start of a fit."""

    @property
    def q(self) -> Any:
        """The approximation, a ``tfd.MultivariateNormalTriL`` of float64; this loads TensorFlow."""
        return distribution(self.loc_q, self.scale_q, self.correlation_q)
