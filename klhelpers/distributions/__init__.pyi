from .targets import gaussian_target as gaussian_target
from .targets import lecture_target as lecture_target
from .trainable import lecture_start as lecture_start
from .trainable import trainable_diag_gaussian as trainable_diag_gaussian
from .trainable import trainable_full_gaussian as trainable_full_gaussian
