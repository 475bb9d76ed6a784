"""The openings of the chapters: one module per chapter, with the name of its file."""

import pkgutil
from importlib import import_module

from pictures import Opening

OPENINGS: dict[str, Opening] = {
    f"chapters/{module.name.replace('_', '-')}": import_module(f"{__name__}.{module.name}").OPENING
    for module in pkgutil.iter_modules(__path__)
}
