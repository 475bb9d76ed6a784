"""The numbers of the first explorer: two divergences, their floors and their optima."""

from typing import NamedTuple

from klhelpers.divergences import (
    DiagGaussian,
    kl_floor,
    kl_gaussian,
    optimal_diag_gaussian,
)
from klhelpers.explore._gaussian2 import Gaussian2
from klhelpers.trajectory import ARROWS


class Divergence(NamedTuple):
    """One direction: its divergence and its floor in nats, and the independent q at the floor."""

    arrow: str
    value: float
    floor: float
    best: DiagGaussian

    @property
    def gap(self) -> float:
        """What q is above the floor; below zero only for a q that is correlated."""
        return self.value - self.floor


def compare(p: Gaussian2, q: Gaussian2) -> tuple[Divergence, Divergence]:
    """Both divergences between p and q, "forward" first."""
    p_args, q_args = (p.loc, p.scale_tril), (q.loc, q.scale_tril)
    pairs = {"forward": (*p_args, *q_args), "reverse": (*q_args, *p_args)}
    return tuple(
        Divergence(
            ARROWS[direction],
            float(kl_gaussian(*pair)),
            float(kl_floor(p.scale_tril, direction=direction)),
            optimal_diag_gaussian(*p_args, direction=direction),
        )
        for direction, pair in pairs.items()
    )


def sentence(divergence: Divergence) -> str:
    """Say one divergence in words and four decimals."""
    return (
        f"{divergence.arrow} = {divergence.value:.4f} nats: "
        f"floor {divergence.floor:.4f}, gap {signed(divergence.gap)}"
    )


def signed(value: float) -> str:
    """Write four decimals with a true minus sign, and no minus before a zero."""
    text = f"{value:.4f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")
