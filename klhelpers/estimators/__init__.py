"""Monte Carlo estimates of the KL divergence, and losses whose gradients are estimates."""

from klhelpers._fit_extra import attach_stub as _attach_stub

__getattr__, __dir__, __all__ = _attach_stub(__name__, __file__)
