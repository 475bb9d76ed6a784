"""What needs TensorFlow Probability says so by name where the extra `fit` is not installed."""

from collections.abc import Callable
from typing import Any

import lazy_loader

_MODULES = ("tensorflow", "tensorflow_probability", "tf_keras", "tqdm")
INSTALL = "pip install 'klhelpers[fit]'"


def explained(name: str, error: ModuleNotFoundError) -> ModuleNotFoundError:
    """Return the error to raise for a public name that could not be loaded.

    It is `error` itself if what is missing does not belong to the extra.
    """
    missing = (error.name or "").split(".")[0]
    if missing not in _MODULES:
        return error
    return ModuleNotFoundError(f"{name} needs TensorFlow Probability: {INSTALL}", name=missing)


def attach_stub(
    package: str, filename: str
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Do what ``lazy_loader.attach_stub`` does, with `explained` errors."""
    load, directory, names = lazy_loader.attach_stub(package, filename)

    def getattr_(name: str) -> Any:
        try:
            return load(name)
        except ModuleNotFoundError as error:
            raise explained(f"{package}.{name}", error) from error.__cause__

    return getattr_, directory, names
