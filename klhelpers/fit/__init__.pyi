from .loop import minimize_kl as minimize_kl
from .objective import loss_and_grads as loss_and_grads
from .record import NonFiniteLossError as NonFiniteLossError
from .trajectory import Trajectory as Trajectory
