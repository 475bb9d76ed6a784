"""The variable that says whether outputs are for a page."""

import pytest

from klhelpers._static import STATIC_VARIABLE, static_only

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("value", ["1", "true", "True", "yes"])
def test_it_is_on(value, monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, value)
    assert static_only()


@pytest.mark.parametrize("value", ["", " ", "0", "false", "FALSE", "no", "off"])
def test_it_is_off(value, monkeypatch):
    monkeypatch.setenv(STATIC_VARIABLE, value)
    assert not static_only()


def test_it_is_off_without_the_variable(monkeypatch):
    monkeypatch.delenv(STATIC_VARIABLE, raising=False)
    assert not static_only()
