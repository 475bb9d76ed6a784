"""Monte Carlo estimates of the KL divergence, and losses whose gradients are estimates."""

from klhelpers._fit_extra import attach as _attach

__getattr__, __dir__, __all__ = _attach(
    __name__,
    submod_attrs={
        "monte_carlo": ["MonteCarloKL", "monte_carlo_kl"],
        "ratios": ["log_ratios"],
    },
)
