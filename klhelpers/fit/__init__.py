"""Fits of a trainable q to a target p: objective, Adam, graph, loop, and the recorded trajectory.

Only `Trajectory` can be used without loading TensorFlow.
"""

from klhelpers._fit_extra import attach as _attach

__getattr__, __dir__, __all__ = _attach(
    __name__,
    submod_attrs={
        "loop": ["minimize_kl"],
        "objective": ["loss_and_grads"],
        "record": ["NonFiniteLossError"],
        "trajectory": ["Trajectory"],
    },
)
