"""What a target must have: one method, whatever its class."""

from typing import Any, Protocol


class HasProb(Protocol):
    """Has a density; TensorFlow is not needed for one."""

    def prob(self, value: Any, /) -> Any:
        """Return the density at points."""


class HasLogProb(Protocol):
    """Has the logarithm of a density, which need not be normalised."""

    def log_prob(self, value: Any, /) -> Any:
        """Return the logarithm of the density at points."""
