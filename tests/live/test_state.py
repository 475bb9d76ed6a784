"""The state of a figure refuses what is malformed, out of range or hostile, and says why."""

import json
import re
from urllib.parse import quote

import pytest

from klhelpers.live.assets import figure_rules, joined
from klhelpers.live.quantities import checked

RULES = {
    "number": {"label": "a number of q", "range": [-0.99, 0.99], "default": 0.5},
    "pair": {"label": "a pair", "size": 2, "range": [0.02, 4], "default": [1, 2]},
    "count": {"label": "steps", "range": [1, 2000], "whole": True, "default": 200},
    "word": {"label": "family", "choices": ["isotropic", "diagonal"], "default": "diagonal"},
    "flag": {"label": "shown", "flag": True, "default": False},
    "given": {"label": "given", "range": [0, 1], "fixed": True, "default": 0},
}
HTML = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def run(browser):
    """Run a function of `given` with the modules of the state and of the controls in scope."""
    page = browser.new_page()
    yield lambda code, given=None: page.evaluate(
        f"given => {{ {joined('controls')}\n{code} }}", given
    )
    page.close()


def follow(run, text):
    """What is said of a linked state, and the values after it."""
    code = f"""const state = new State({json.dumps(RULES)}, {{ number: 0.25 }});
      state.set({{ word: "isotropic" }});
      const heard = [];
      state.listeners.push((changed) => heard.push(changed));
      const said = follow(state, given);
      return [said, state.values, heard.length, ({{}}).polluted === undefined];"""
    said, values, heard, clean = run(code, text)
    assert clean
    return said, values, heard


BEFORE = {"number": 0.25, "pair": [1, 2], "count": 200, "word": "isotropic"}
BEFORE |= {"flag": False, "given": 0}
REFUSED = {
    "malformed": ("{", "it cannot be read"),
    "empty": ("", "it cannot be read"),
    "half an escape": ("%E0%A4%A", "it cannot be read"),
    "an array": ("[]", "it must be an object"),
    "null": ("null", "it must be an object"),
    "a number": ("1", "it must be an object"),
    "a string": ('"number"', "it must be an object"),
    "unknown": ('{"x": 1}', "x is not known"),
    "__proto__": ('{"__proto__": {"polluted": 1}}', "__proto__ is not known"),
    "constructor": ('{"constructor": {"prototype": 1}}', "constructor is not known"),
    "hasOwnProperty": ('{"hasOwnProperty": 1}', "hasOwnProperty is not known"),
    "infinite": ('{"number": 1e999}', "a number of q must be a number from -0.99 to 0.99"),
    "out of range": ('{"number": 0.995}', "a number of q must be a number from -0.99 to 0.99"),
    "a string for a number": (
        '{"number": "0.5"}',
        "a number of q must be a number from -0.99 to 0.99",
    ),
    "null for a number": ('{"number": null}', "a number of q must be a number from -0.99 to 0.99"),
    "an array for a number": (
        '{"number": [0.5]}',
        "a number of q must be a number from -0.99 to 0.99",
    ),
    "true for a number": ('{"number": true}', "a number of q must be a number from -0.99 to 0.99"),
    "a number for a pair": ('{"pair": 1}', "a pair must be two numbers from 0.02 to 4"),
    "three for a pair": ('{"pair": [1, 1, 1]}', "a pair must be two numbers from 0.02 to 4"),
    "an object for a pair": (
        '{"pair": {"length": 2}}',
        "a pair must be two numbers from 0.02 to 4",
    ),
    "half a step": ('{"count": 1.5}', "steps must be a whole number from 1 to 2000"),
    "another word": ('{"word": "full"}', "family must be one of isotropic, diagonal"),
    "a word that is inherited": ('{"word": "length"}', "family must be one of isotropic, diagonal"),
    "a flag of 1": ('{"flag": 1}', "shown must be true or false"),
    "one of two": (
        '{"pair": [3, 3], "number": 2}',
        "a number of q must be a number from -0.99 to 0.99",
    ),
    "HTML as a value": (json.dumps({"word": HTML}), "family must be one of isotropic, diagonal"),
    "HTML as a name": (json.dumps({HTML: 1}), f"{HTML} is not known"),
    "what the author fixed": ('{"given": 0.5}', "given is fixed"),
    "a huge name": (json.dumps({"n" * 10**6: 1}), "n" * 40 + " is not known"),
    "a huge value": (
        json.dumps({"word": "n" * 10**6}),
        "family must be one of isotropic, diagonal",
    ),
    "deeply nested": ("[" * 10**5 + "]" * 10**5, "it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_link_with_a_bad_state_changes_nothing(run, name):
    text, wanted = REFUSED[name]
    said, values, heard = follow(run, text if "%" in text else quote(text))
    assert said == wanted or (name == "deeply nested" and said.startswith(wanted))
    assert (values, heard) == (BEFORE, 0)


def test_a_link_is_relative_to_the_state_of_the_author(run):
    said, values, heard = follow(run, quote('{"pair": [0.02, 4], "flag": true}'))
    assert (said, heard) == ("", 1)
    assert values == BEFORE | {"pair": [0.02, 4], "flag": True, "word": "diagonal"}
    assert follow(run, "{}")[1] == BEFORE | {"word": "diagonal"}


def test_what_is_linked_is_what_was_copied(run):
    code = f"""const make = () => new State({json.dumps(RULES)}, {{ number: 0.25 }});
      const [first, second] = [make(), make()];
      first.set({{ number: 0.1 + 0.2, pair: [1 / 3, 4], flag: true }});
      return [first.json(), follow(second, encodeURIComponent(first.json())), second.values,
        first.values, make().json()];"""
    text, said, values, wanted, untouched = run(code)
    assert (said, values, untouched) == ("", wanted, "{}")
    assert set(json.loads(text)) == {"number", "pair", "flag"}


VALUES = {
    "number": [0.5, -0.99, 0.99, -1, 1, "0.5", None, True, [0.5], {}, 10**400, "Infinity"],
    "pair": [
        [1, 2],
        [0.02, 4],
        [0, 1],
        [1],
        [1, 2, 3],
        1,
        "12",
        [True, 1],
        ["1", 1],
        None,
        [[1, 2]],
    ],
    "count": [1, 2000, 0, 2001, 1.5, 3.0, "3", True, None],
    "word": ["diagonal", "full", "", None, 1, ["diagonal"], HTML],
    "flag": [True, False, 0, 1, "true", None, []],
}
CASES = [(name, value) for name, values in VALUES.items() for value in values]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_both_languages_say_the_same_of_a_value(run, name, value):
    code = f"return problem('{name}', {json.dumps(RULES[name])}, JSON.parse(given))"
    said = run(code, json.dumps(value))
    try:
        checked(name, RULES[name], value)
        python = ""
    except ValueError as error:
        python = str(error).rpartition("; got ")[0]
    assert said == python


def test_defaults_are_valid_in_both_languages(run):
    for kind, rules in figure_rules().items():
        for name, rule in rules.items():
            checked(name, rule, rule["default"])
            given = {"name": name, "rule": rule}
            said = run("return problem(given.name, given.rule, given.rule.default)", given)
            assert said == "", kind


def test_not_a_number_and_infinity_are_refused(run):
    code = f"""const rule = {json.dumps(RULES["number"])};
      return [NaN, Infinity, -Infinity, undefined].map((x) => problem("number", rule, x));"""
    assert run(code) == ["number must be a number from -0.99 to 0.99"] * 4
    for value in (float("nan"), float("inf"), -float("inf")):
        with pytest.raises(ValueError, match=re.escape("number must be a number from -0.99 to")):
            checked("number", RULES["number"], value)


TYPED = {
    "0,5": 0.5,
    "0.5": 0.5,
    " 2 ": 2,
    "−1": -1,
    "-1": -1,
    "+1": 1,
    ".5": 0.5,
    "5.": 5,
    "1e-3": 0.001,
    "−2,5e−1": None,
    "1e400": float("inf"),
    "": None,
    "abc": None,
    "0x10": None,
    "1,000,000": None,
    "1 2": None,
    "Infinity": None,
    "NaN": None,
    "١": None,
    "--1": None,
}


@pytest.mark.parametrize("text", TYPED)
def test_typed_numbers(run, text):
    number = run("const x = readNumber(given); return Number.isNaN(x) ? null : x", text)
    assert number == TYPED[text]
    rule = json.dumps(RULES["number"])
    refused = run(f"return problem('number', {rule}, readNumber(given)) !== ''", text)
    assert refused == (number is None or abs(number) > 0.99)


def test_a_state_moves_as_far_as_its_range_allows(run):
    code = f"""const state = new State({json.dumps(RULES)});
      return [state.toward({{ number: 2, pair: [-1, 3] }}), state.values.number, state.values.pair,
        state.toward({{ number: 0.5 }}), state.values.number];"""
    said, number, pair, quiet, back = run(code)
    assert said == "a number of q stops at 0.99; a pair stops at 0.02"
    assert (number, pair, quiet, back) == (0.99, [0.02, 3], "", 0.5)


def test_the_state_of_an_address(run):
    code = """return given.map(([hash, id, alone]) => linkedState(hash, id, alone))"""
    cases = {
        ("#state={}", "fig-a", True): "{}",
        ("#state={}", "fig-a", False): None,
        ("#fig-a&state={}", "fig-a", False): "{}",
        ("#fig-b&state={}", "fig-a", True): None,
        ("#fig-a", "fig-a", True): None,
        ("", "fig-a", True): None,
        ("#__proto__&state={}", "fig-a", True): None,
    }
    assert run(code, list(cases)) == list(cases.values())
