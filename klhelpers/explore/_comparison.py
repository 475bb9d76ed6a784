"""The numbers of the first explorer: two divergences, their floors and their optima."""

import itertools
from typing import NamedTuple

from klhelpers.direction import ARROWS, ordered
from klhelpers.divergences import (
    DiagGaussian,
    kl_floor,
    kl_gaussian,
    optimal_diag_gaussian,
)
from klhelpers.explore._bivariate import BivariateGaussian
from klhelpers.nats import format_nats


class Divergence(NamedTuple):
    """One direction: its divergence and its floor in nats, and the diagonal q at the floor."""

    direction: str
    value: float
    floor: float
    best: DiagGaussian

    @property
    def arrow(self) -> str:
        """KL(q‖p) or KL(p‖q)."""
        return ARROWS[self.direction]

    @property
    def gap(self) -> float:
        """How far q is above the floor; negative only for a correlated q."""
        return self.value - self.floor


def compare(p: BivariateGaussian, q: BivariateGaussian) -> tuple[Divergence, Divergence]:
    """Both divergences between p and q, "reverse" first."""
    p_args, q_args = (p.loc, p.scale_tril), (q.loc, q.scale_tril)
    return tuple(
        Divergence(
            direction,
            float(kl_gaussian(*itertools.chain(*ordered(direction, p_args, q_args)))),
            float(kl_floor(p.scale_tril, direction=direction)),
            optimal_diag_gaussian(*p_args, direction=direction),
        )
        for direction in ARROWS
    )


def sentence(divergence: Divergence) -> str:
    """Describe one divergence in words and four decimals."""
    return (
        f"{divergence.arrow} = {format_nats(divergence.value)} nats: "
        f"floor {format_nats(divergence.floor)}, gap {format_nats(divergence.gap)}"
    )
