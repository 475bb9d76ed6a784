"""Monte Carlo estimates of the KL divergence, and losses whose gradients are estimates."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "monte_carlo": ["MonteCarloKL", "monte_carlo_kl"],
        "ratios": ["log_ratios"],
    },
)
