"""The rules of quantities in Python, without the browser's, with which test_state compares them."""

import re

import numpy as np
import pytest

from klhelpers.live import PairFigure
from klhelpers.live.assets import figure_rules
from klhelpers.live.quantities import Quantity, checked

NUMBER = {"range": [-0.99, 0.99]}
PAIR = {"range": [0.02, 4], "size": 2}
COUNT = {"range": [1, 2000], "whole": True}
WORD = {"choices": ["isotropic", "diagonal"]}
FLAG = {"flag": True}


@pytest.mark.parametrize(
    ("rule", "value", "held"),
    [
        (NUMBER, 0.5, 0.5),
        (NUMBER, -0.99, -0.99),
        (NUMBER, 0.99, 0.99),
        (NUMBER, np.float32(0.5), 0.5),
        (NUMBER, 0, 0.0),
        (PAIR, [0.02, 4], (0.02, 4.0)),
        (PAIR, np.array([1, 2]), (1.0, 2.0)),
        (PAIR, (1, 2), (1.0, 2.0)),
        (COUNT, 1, 1),
        (COUNT, 2000.0, 2000),
        (COUNT, np.int64(3), 3),
        (WORD, "diagonal", "diagonal"),
        (FLAG, np.True_, True),
        (FLAG, False, False),
    ],
)
def test_a_valid_value_is_held_as_in_the_browser(rule, value, held):
    found = checked("x", rule, value)
    assert found == held and type(found) is type(held)
    if isinstance(held, tuple):
        assert [type(one) for one in found] == [float] * len(held)


@pytest.mark.parametrize(
    ("rule", "value", "message"),
    [
        (NUMBER, -1, "x must be a number from -0.99 to 0.99; got -1"),
        (NUMBER, 1.5, "x must be a number from -0.99 to 0.99; got 1.5"),
        (NUMBER, "0.5", "x must be a number from -0.99 to 0.99; got '0.5'"),
        (NUMBER, True, "x must be a number from -0.99 to 0.99; got True"),
        (NUMBER, np.True_, "x must be a number from -0.99 to 0.99; got "),
        (NUMBER, [0.5], "x must be a number from -0.99 to 0.99; got [0.5]"),
        (NUMBER, float("nan"), "x must be a number from -0.99 to 0.99; got nan"),
        (PAIR, [1], "x must be two numbers from 0.02 to 4; got [1]"),
        (PAIR, [1, 5], "x must be two numbers from 0.02 to 4; got [1, 5]"),
        (PAIR, [0, 1], "x must be two numbers from 0.02 to 4; got [0, 1]"),
        (PAIR, 1, "x must be two numbers from 0.02 to 4; got 1"),
        (PAIR, "12", "x must be two numbers from 0.02 to 4; got '12'"),
        (PAIR | {"size": 3}, [1, 2], "x must be three numbers from 0.02 to 4; got [1, 2]"),
        (PAIR | {"size": 4}, [1, 2], "x must be four numbers from 0.02 to 4; got [1, 2]"),
        (PAIR | {"whole": True}, [1, 1.5], "x must be two whole numbers from 0.02 to 4; got "),
        (COUNT, 0, "x must be a whole number from 1 to 2000; got 0"),
        (COUNT, 1.5, "x must be a whole number from 1 to 2000; got 1.5"),
        (WORD, "full", "x must be one of isotropic, diagonal; got 'full'"),
        (WORD, ["diagonal"], "x must be one of isotropic, diagonal; got ['diagonal']"),
        (FLAG, 1, "x must be true or false; got 1"),
    ],
)
def test_another_value_is_refused_with_the_rule(rule, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        checked("x", rule, value)


def test_traits_start_with_the_defaults_and_reach_the_browser():
    rules, figure = figure_rules()["pair"], PairFigure()
    traits = {name: t for name, t in PairFigure.class_traits().items() if isinstance(t, Quantity)}
    assert traits and set(traits) <= set(rules)
    for name in traits:
        default = rules[name]["default"]
        expected = tuple(default) if isinstance(default, list) else default
        for trait in (traits[name], Quantity("pair", name)):
            assert trait.default_value == getattr(figure, name) == expected
            assert type(trait.default_value) is type(expected)
            assert trait.metadata["sync"] is True
            assert trait.rule == rules[name]


def test_a_trait_holds_what_is_checked_and_refuses_by_its_name():
    figure = PairFigure()
    figure.loc_p = [1, 2]
    assert figure.loc_p == (1.0, 2.0)
    with pytest.raises(ValueError, match=r"^correlation_p must be a number from .*; got 2"):
        figure.correlation_p = 2
    assert figure.correlation_p != 2
