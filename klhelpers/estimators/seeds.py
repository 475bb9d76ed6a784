"""Seeds whose samples depend on them alone, and not on TensorFlow's global seed."""

from typing import Any

from klhelpers._checks import check_count
from klhelpers._shown import shown
from klhelpers.quiet_tensorflow import tf

_WORD = 2**32


def stateless_seed(seed: Any) -> tf.Tensor:
    """Return the seed of stateless sampling that belongs to a whole number.

    TensorFlow Probability mixes a plain integer with the global seed; a tensor of two numbers
    it uses as it is.

    Parameters
    ----------
    seed : int
        From 0 to 2⁶⁴ − 1; each has a seed of its own.

    Returns
    -------
    tensor of int32, shape (2,)

    Raises
    ------
    TypeError
        If `seed` is no whole number.
    ValueError
        If it is negative or too large.

    Examples
    --------
    >>> stateless_seed(41).numpy().tolist()
    [41, 0]
    """
    seed = check_count("seed", seed, least=0)
    if seed >= _WORD**2:
        raise ValueError(f"seed must be less than 2**64; got {shown(seed)}")
    return tf.bitcast(tf.constant([seed % _WORD, seed // _WORD], tf.uint32), tf.int32)
