"""Arguments of distributions as tensors of one floating-point dtype."""

from typing import Any

from numpy.typing import NDArray

from klhelpers._checks import as_array
from klhelpers._shown import shown
from klhelpers.quiet_tensorflow import tf, tfp


def real_tensors(**given: Any) -> list[tf.Tensor]:
    """Convert arguments to floating-point tensors of one dtype, named in what goes wrong."""
    for name, value in given.items():
        if isinstance(value, (tf.Variable, tfp.util.TransformedVariable)):
            raise TypeError(
                f"{name} must be numbers, not a variable: it would be copied and get no "
                f"gradient; pass its value, .numpy(); got {shown(value)}"
            )
    arrays = {name: _real_array(name, value) for name, value in given.items()}
    dtypes = {
        name: tf.as_dtype(value.dtype) for name, value in given.items() if hasattr(value, "dtype")
    }
    dtypes = {name: dtype for name, dtype in dtypes.items() if dtype.is_floating}
    if len(set(dtypes.values())) > 1:
        stated = ", ".join(f"{name} {dtype.name}" for name, dtype in dtypes.items())
        raise TypeError(f"{' and '.join(given)} must have one dtype; got {stated}")
    dtype = next(iter(dtypes.values()), tf.float32)
    return [tf.convert_to_tensor(array, dtype=dtype) for array in arrays.values()]


def _real_array(name: str, value: Any) -> NDArray[Any]:
    array = as_array(name, value)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers; got {shown(value)}")
    return array
