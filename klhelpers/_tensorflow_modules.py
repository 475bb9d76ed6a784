"""TensorFlow and TensorFlow Probability, imported without their start-up log.

TensorFlow's C++ side writes some lines directly to file descriptor 2 before it reads any log level,
so that they would appear in the published page.  Here that descriptor points to a temporary file
during the import.  If the import fails, the content of the file is shown.

No operation runs here.  So no device is started, and a process may still be forked.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator

from klhelpers._fit_extra import INSTALL
from klhelpers._static import static_only

# Read by TensorFlow and Keras as they load; a value that the user has set is kept.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # one order of summation on every machine
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


@contextlib.contextmanager
def stderr_kept_back() -> Iterator[None]:
    """Hold back what is written to descriptor 2; show it only if the block raises."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except BaseException:
            kept.seek(0)
            os.write(saved, kept.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


@contextlib.contextmanager
def _hidden(*packages: str) -> Iterator[None]:
    """Let packages that are not loaded yet seem missing during the block."""
    hidden = [name for name in packages if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: import fails
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# Keras loads both, where they are installed, for wrappers and data that no page uses: a quarter of
# the time that the import takes, for each chapter of a build.
_unused = ("pandas", "sklearn") if static_only() else ()

with stderr_kept_back(), _hidden(*_unused):
    try:
        import tensorflow as tf
        import tensorflow_probability as tfp
    except ModuleNotFoundError as error:
        message = f"TensorFlow Probability is not installed completely ({error}): {INSTALL}"
        raise ModuleNotFoundError(message, name=error.name) from error

__all__ = ["stderr_kept_back", "tf", "tfp"]
