from typing import Any

from . import bijectors as bijectors
from . import distributions as distributions
from . import util as util

def __getattr__(name: str) -> Any: ...
