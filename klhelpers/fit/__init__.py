"""Fits of a trainable q to a target p: objective, Adam, graph, loop, and the recorded trajectory.

Only `Trajectory` can be used without loading TensorFlow.
"""

from klhelpers._fit_extra import attach_stub as _attach_stub

__getattr__, __dir__, __all__ = _attach_stub(__name__, __file__)
