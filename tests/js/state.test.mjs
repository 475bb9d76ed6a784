import assert from "node:assert/strict";
import test from "node:test";
import { COUNTS, follow, linkedState, problem, State } from "../../klhelpers/live/js/state.js";

const RULES = {
  number: { label: "a number", range: [-1, 1], default: 0.5 },
  pair: { label: "a pair", size: 2, range: [0, 4], default: [1, 2] },
  count: { label: "steps", range: [1, 9], whole: true, default: 3 },
  word: { label: "family", choices: ["one", "other"], default: "one" },
  flag: { label: "shown", flag: true, default: false },
  given: { label: "given", range: [0, 1], fixed: true, default: 0 },
};
const make = (values) => new State(RULES, values);

for (const [name, good] of [
  ["number", [-1, 0, 1]], ["pair", [[0, 4]]], ["count", [1, 9]], ["word", ["other"]], ["flag", [true]],
]) {
  test(`${name}: the ends of the range are valid`, () => {
    for (const value of good) assert.equal(problem(name, RULES[name], value), "");
  });
}

for (const [name, bad, why] of [
  ["number", NaN, "n must be a number from -1 to 1"],
  ["number", Infinity, "n must be a number from -1 to 1"],
  ["number", "0", "n must be a number from -1 to 1"],
  ["number", [0], "n must be a number from -1 to 1"],
  ["pair", [1], "n must be two numbers from 0 to 4"],
  ["pair", [1, null], "n must be two numbers from 0 to 4"],
  ["pair", "12", "n must be two numbers from 0 to 4"],
  ["count", 1.5, "n must be a whole number from 1 to 9"],
  ["word", "toString", "n must be one of one, other"],
  ["flag", 0, "n must be true or false"],
]) {
  test(`${name}: ${JSON.stringify(bad)} is refused`, () => {
    assert.equal(problem("n", RULES[name], bad), why);
  });
}

test("words of counts are those of their numbers", () => {
  assert.deepEqual([COUNTS[0], COUNTS[2], COUNTS[6]], ["no", "two", "six"]);
});

test("a state copies what it is given and what it has as default", () => {
  const given = [3, 3];
  const state = make({ pair: given });
  given[0] = 0;
  state.get("pair");
  assert.deepEqual(state.get("pair"), [3, 3]);
  make().values.pair[0] = 9;
  assert.deepEqual(RULES.pair.default, [1, 2]);
});

test("listeners hear of what has changed, and of nothing else", () => {
  const state = make();
  const heard = [];
  state.listeners.push((...news) => heard.push(news));
  state.set({ number: 0.5, pair: [1, 2] });
  state.set({ number: 0, word: "one" }, "python");
  assert.deepEqual(heard, [[["number"], "python"]]);
});

test("toward stops at the end of the range, and says so once for each quantity", () => {
  const state = make();
  assert.equal(state.toward({ pair: [9, 8], number: -3 }), "a pair stops at 4; a number stops at −1");
  assert.deepEqual([state.get("pair"), state.get("number")], [[4, 4], -1]);
});

test("toward an end that was asked for is no stop", () => {
  const state = make();
  assert.equal(state.toward({ number: Infinity }), "");
  assert.equal(state.get("number"), 1);
  assert.equal(state.toward({ number: 1 + 1e-14 }), "");
});

test("JSON has what differs from the start, and reset goes back to it", () => {
  const state = make({ number: 0.25 });
  assert.equal(state.json(), "{}");
  state.set({ number: 0.5, flag: true });
  assert.equal(state.json(), '{"number":0.5,"flag":true}');
  let heard = 0;
  state.listeners.push(() => { heard += 1; });
  state.reset();
  state.reset();
  assert.deepEqual([state.json(), state.get("number"), heard], ["{}", 0.25, 2]);
});

test("valid values that do not go together are refused by the label of the first", () => {
  const state = new State(RULES, {}, ({ flag }) => (flag ? "number must be 0" : ""));
  assert.equal(state.refusal({ flag: true }), "a number must be 0");
  assert.equal(state.refusal({ flag: false }), "");
});

for (const [hash, id, alone, found] of [
  ["#state={}", "fig-a", true, "{}"],
  ["#state={}", "fig-a", false, null],
  ["#fig-a&state={}", "fig-a", false, "{}"],
  ["#fig-b&state={}", "fig-a", true, null],
  ["#fig-a&state=", "fig-a", false, ""],
  ["#fig-a&state=a&state=b", "fig-a", false, "a&state=b"],
  ["#fig-a", "fig-a", true, null],
  ["", "", true, null],
  ["#fig-a&state=a\nb", "fig-a", false, "a\nb"],
]) {
  test(`the state of the link ${JSON.stringify(hash)} for ${id || "no name"}`, () => {
    assert.equal(linkedState(hash, id, alone), found);
  });
}

test("a link that is followed starts from the state of the author", () => {
  const state = make({ number: 0.25 });
  state.set({ word: "other" });
  assert.equal(follow(state, encodeURIComponent('{"pair":[0,0]}')), "");
  assert.deepEqual([state.get("word"), state.get("number"), state.get("pair")], ["one", 0.25, [0, 0]]);
});

for (const [text, why] of [
  ["%", "it cannot be read"], ["[1]", "it must be an object"], ['{"given":1}', "given is fixed"],
  ['{"__proto__":1}', "__proto__ is not known"], ['{"number":2}', "a number must be a number from -1 to 1"],
]) {
  test(`the link ${text} changes nothing`, () => {
    const state = make();
    assert.equal(follow(state, text), why);
    assert.equal(state.json(), "{}");
  });
}
