from .monte_carlo import MonteCarloKL as MonteCarloKL
from .monte_carlo import monte_carlo_kl as monte_carlo_kl
from .ratios import log_ratios as log_ratios
