"""TensorFlow and TensorFlow Probability, ready for use, without their start-up log.

``from klhelpers.quiet_tensorflow import tf, tfp`` gives the two ordinary modules.
"""

from klhelpers._tensorflow_modules import stderr_kept_back, tf, tfp

with stderr_kept_back():
    tf.zeros([])  # the first operation starts the devices, which log as well

__all__ = ["tf", "tfp"]
