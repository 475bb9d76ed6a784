"""Docstrings of public names are complete: parameters, attributes, methods, what is returned."""

import inspect
from functools import cached_property

import pytest
import traitlets
from numpydoc.docscrape import NumpyDocString
from numpydoc.validate import validate

import klhelpers
from klhelpers.live.assets import figure_rules

FIGURES = {
    name
    for name in klhelpers.__all__
    if name != "LiveFigure"
    and inspect.isclass(getattr(klhelpers, name))
    and issubclass(getattr(klhelpers, name), klhelpers.LiveFigure)
}
RULES = {
    "GL08",  # there is a docstring
    "PR01",  # all parameters are described
    "PR02",  # no others are
    "PR07",  # not only named
    "RT01",  # what is returned is described
    "RT03",
    "SS03",  # the summary is a sentence
    "YD01",
}
"""Rules of numpydoc."""


def own_members(cls):
    """Yield the public members that a class of the package has, with the class that has it."""
    seen = set()
    for base in cls.__mro__:
        if base.__module__.split(".")[0] == "klhelpers":
            for name, member in vars(base).items():
                if not name.startswith("_") and name not in seen:
                    seen.add(name)
                    yield name, member


def has_docstring_of_its_own(member):
    """Tell functions, methods and properties from constants, fields and traits."""
    if isinstance(member, traitlets.TraitType) or type(member).__name__ == "_tuplegetter":
        return False
    return inspect.isroutine(member) or isinstance(member, (property, cached_property))


PLACES = sorted(
    f"klhelpers.{place}"
    for name in klhelpers.__all__
    for place in [
        name,
        *(
            f"{name}.{member}"
            for member, value in (
                own_members(getattr(klhelpers, name))
                if inspect.isclass(getattr(klhelpers, name))
                else ()
            )
            if has_docstring_of_its_own(value)
        ),
    ]
)


def entries(cls):
    """Names and descriptions in the sections Parameters and Attributes of a class."""
    doc = NumpyDocString(inspect.getdoc(cls))
    return {
        name.strip().lstrip("*"): " ".join(entry.desc).strip()
        for section in ("Parameters", "Attributes")
        for entry in doc[section]
        for name in entry.name.split(",")
    }


def findings(place):
    """List what numpydoc finds, apart from what a docstring need not repeat."""
    name, _, member = place.removeprefix("klhelpers.").partition(".")
    ignored = set()
    if name in FIGURES and not member:
        ignored = {"PR01", "PR02"}  # quantities have a test of their own
    elif name in FIGURES and hasattr(klhelpers.LiveFigure, member):
        ignored = {"PR01", "RT01"}  # as those of LiveFigure
    return [
        f"{code}: {text}" for code, text in validate(place)["errors"] if code in RULES - ignored
    ]


# numpydoc reads every attribute of a class, and so those that ipywidgets has deprecated:
@pytest.mark.filterwarnings("ignore:Widget.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("place", PLACES)
def test_docstring_is_complete(place):
    assert findings(place) == []


def test_an_incomplete_docstring_is_found(monkeypatch):
    def bare(x):
        """Compute"""
        return x

    bare.__module__, bare.__name__ = "klhelpers", "bare"
    monkeypatch.setitem(vars(klhelpers), "bare", bare)
    found = " ".join(findings("klhelpers.bare"))
    assert all(code in found for code in ("PR01", "RT01", "SS03"))


@pytest.mark.parametrize("name", sorted(klhelpers.__all__))
def test_every_entry_has_a_description(name):
    described = entries(getattr(klhelpers, name))
    assert [entry for entry, text in described.items() if not text] == []


@pytest.mark.parametrize(
    "name", sorted(name for name in klhelpers.__all__ if inspect.isclass(getattr(klhelpers, name)))
)
def test_every_attribute_is_described(name):
    cls = getattr(klhelpers, name)
    described = entries(cls)
    if name in FIGURES:
        described |= entries(klhelpers.LiveFigure)
    fields = [
        member
        for member, value in own_members(cls)
        if not has_docstring_of_its_own(value) and not isinstance(value, staticmethod)
    ]
    assert [field for field in fields if field not in described] == []


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_quantity_of_a_figure_is_described(name):
    cls = getattr(klhelpers, name)
    assert set(figure_rules()[cls.KIND]) <= set(entries(cls))
