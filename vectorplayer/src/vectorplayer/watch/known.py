"""What a fingerprint can hold: values that never change, and objects whose state is known.

A class is known if Matplotlib defines it and nobody has replaced one of its methods.  Then the
attributes of an instance are all that it is drawn from, besides its Axes, its figure and the
settings.
"""

import datetime
import decimal
import fractions
import weakref
from collections.abc import Callable
from enum import Enum
from functools import cache
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from matplotlib.cbook import CallbackRegistry
from matplotlib.colorbar import Colorbar
from matplotlib.colors import Colormap
from matplotlib.lines import Line2D
from matplotlib.spines import Spine
from matplotlib.transforms import (
    Affine2D,
    Bbox,
    TransformedPath,
    TransformNode,
    TransformWrapper,
)

from vectorplayer import compat

CONSTANTS = frozenset({
    type(None), bool, int, float, complex, str, bytes, range, slice, type(...),
    datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone,
    ZoneInfo, decimal.Decimal, fractions.Fraction,
})  # fmt: skip
PACKAGES = ("matplotlib", "mpl_toolkits.axes_grid1", "dateutil")
HELPERS = ("collections", "contextlib", "dataclasses", "enum", "functools", "six")
NOT_DRAWN = (
    CallbackRegistry,
    weakref.ref,
    weakref.WeakKeyDictionary,
    weakref.WeakValueDictionary,
)

# Attributes that no `draw` reads, or that it sets before it reads them.
UNREAD = frozenset({
    "_stale", "stale_callback", "_remove_method",  # whom to tell about changes
    "_picker", "_contains", "_mouseover", "_draggable",  # what the mouse does
    "_renderer",  # of a Text: what measured it last
    "_contour_generator", "_custom_handler_map",  # used up when the artist was made
    "colorbar", "colorbar_cid",  # of what has one
})  # fmt: skip
# Attributes of transforms that follow from the others.
DERIVED = frozenset({
    "_parents", "_invalid", "_shorthand_name", "_inverted", "_affine", "_points_orig", "_ignore",
})  # fmt: skip
CACHED_HERE = frozenset({"_parents", "_shorthand_name"})
# Methods of its child that a `TransformWrapper` keeps as attributes.
FORWARDED = frozenset({
    "transform", "transform_affine", "transform_non_affine", "transform_path",
    "transform_path_affine", "transform_path_non_affine", "get_affine", "inverted", "get_matrix",
})  # fmt: skip


class StandIn:
    """What stands in for a method of an artist while its figure is captured.

    Attributes
    ----------
    transparent : bool
        Whether the method behind it is the one that the class defines.
    """

    transparent = True


def _constant_class(kind: type) -> bool:
    """Tell whether values of this type never change, and look alike if they are equal."""
    if kind in CONSTANTS or issubclass(kind, Enum | np.dtype):
        return True
    return issubclass(kind, np.generic) and not issubclass(kind, np.void)


# The type of a cached function asks for hashable arguments, which mypy does not see in a class.
constant_class: Callable[[type], bool] = cache(_constant_class)


# Of a Colorbar, the artists that are drawn by themselves, and what they show.
OF_COLORBARS = frozenset({
    "ax", "mappable", "solids", "solids_patches", "lines", "dividers", "outline",
    "_extend_patches", "_interactive_funcs",
})  # fmt: skip


def constant(value: Any) -> bool:
    """Tell whether a value never changes, or is not drawn from."""
    if isinstance(value, FunctionType):
        return _packaged(value.__module__) and value.__closure__ is None
    if isinstance(value, type):
        return _packaged(value.__module__) or value.__module__ in ("builtins", "numpy")
    if isinstance(value, BuiltinFunctionType):
        return isinstance(value.__self__, ModuleType)
    if isinstance(value, StandIn):
        return value.transparent
    return constant_class(type(value)) or isinstance(value, NOT_DRAWN)


def known_class(kind: type) -> bool:
    """Tell whether the attributes of an instance are its whole state."""
    if not _packaged(kind.__module__) or kind.__dictoffset__ == 0:
        return False
    packaged = [base for base in kind.__mro__ if _packaged(base.__module__)]
    return not any(
        any(base.__dict__.get("__slots__", ()))
        or any(isinstance(value, FunctionType) and _foreign(value) for value in vars(base).values())
        for base in packaged
    )


def unread(thing: Any) -> frozenset[str]:
    """Return the names of the attributes that the picture of an object does not depend on."""
    if isinstance(thing, TransformedPath) and not compat.transform_of(thing).is_affine:
        return CACHED_HERE  # its cache tells what it draws until it is invalid
    if isinstance(thing, Colormap) and vars(thing).get("_isinit"):
        return UNREAD | {"colors", "_segmentdata"}  # the table has been made of them
    return _unread(type(thing))


def _unread_of_class(kind: type) -> frozenset[str]:
    if issubclass(kind, TransformedPath):
        return DERIVED | {"_transformed_path", "_transformed_points"}
    if issubclass(kind, TransformWrapper):
        return DERIVED | FORWARDED
    if issubclass(kind, TransformNode):
        own = {"_mtx": Affine2D, "_points": Bbox}
        return DERIVED.union(name for name, owner in own.items() if kind is not owner)
    if issubclass(kind, Line2D):
        return UNREAD | {"_x", "_y"}  # views of what is in _xy
    if issubclass(kind, Spine):
        return UNREAD | {"axis"}
    if issubclass(kind, Colorbar):  # its scale may be one of its methods
        return UNREAD | OF_COLORBARS
    return UNREAD


_unread: Callable[[type], frozenset[str]] = cache(_unread_of_class)


def _packaged(module: str | None) -> bool:
    """Tell whether a module belongs to Matplotlib or to a package that it relies on."""
    return module is not None and any(
        module == name or module.startswith(name + ".") for name in PACKAGES
    )


def _foreign(method: FunctionType) -> bool:
    """Tell whether somebody else has put this function into the class."""
    module = method.__globals__.get("__name__", "")
    return not _packaged(module) and module.split(".")[0] not in HELPERS
