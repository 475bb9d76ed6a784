"""Fits of a trainable q to a target p: objective, Adam, graph, loop, and the recorded trajectory.

Only `Trajectory` can be used without loading TensorFlow.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "loop": ["minimize_kl"],
        "objective": ["loss_and_grads"],
        "record": ["NonFiniteLossError"],
        "trajectory": ["Trajectory"],
    },
)
