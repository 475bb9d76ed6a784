// Controls that are tied to a quantity.
import assert from "node:assert/strict";
import test from "node:test";
import {
  button, choice, numberFields, numberSlider, slider, tick,
} from "../../klhelpers/live/js/controls.js";
import { Figure } from "../../klhelpers/live/js/figure.js";
import { State } from "../../klhelpers/live/js/state.js";

const RULES = {
  number: { label: "a number", range: [-1, 1], default: 0.5 },
  pair: { label: "a pair", size: 2, range: [0, 4], default: [1, 2] },
  word: { label: "a word", choices: ["one", "other"], words: { other: "the <other>" }, default: "one" },
  flag: { label: "shown", flag: true, default: false },
};
const shown = (node) => document.body.appendChild(node);
const change = (node, values, kind = "change") => {
  Object.assign(node, values);
  node.dispatchEvent(new Event(kind, { bubbles: true }));
};

test("a choice shows words, sets values, and follows the state", () => {
  const state = new State(RULES);
  const { node, update } = choice(state, "word");
  const select = shown(node).querySelector("select");
  assert.deepEqual([...select.options].map((one) => one.text), ["one", "the <other>"]);
  change(select, { value: "other" });
  assert.equal(state.get("word"), "other");
  state.set({ word: "one" });
  update();
  assert.equal(select.value, "one");
  assert.equal(select.labels[0].textContent, "a word");
});

test("a choice may change more than its quantity", () => {
  const told = [];
  const { node } = choice(new State(RULES), "word", (value) => told.push(value));
  change(node.querySelector("select"), { value: "other" });
  assert.deepEqual(told, ["other"]);
});

test("a tick box sets its quantity and follows it", () => {
  const state = new State(RULES);
  const { node, update } = tick(state, "flag");
  const box = shown(node).querySelector("input");
  box.click();
  assert.equal(state.get("flag"), true);
  state.set({ flag: false });
  update();
  assert.equal(box.checked, false);
});

test("a button acts, and submits nothing", () => {
  let count = 0;
  const node = button("Go", () => { count += 1; }, { class: "kl-a" });
  node.click();
  assert.deepEqual([count, node.type, node.className], [1, "button", "kl-a"]);
});

test("a slider speaks its value in words, and moves to a number", () => {
  const told = [];
  const made = slider("step", {
    min: 0, max: 10, step: 1, value: (x) => `step ${x}`, input: (x) => told.push(x),
  });
  shown(made.node);
  made.update(4);
  assert.deepEqual([made.range.value, made.range.getAttribute("aria-valuetext")], ["4", "step 4"]);
  change(made.range, { value: 7 }, "input");
  assert.deepEqual(told, [7]);
});

test("the slider of a quantity has its range, or an end of its own", () => {
  const figure = new Figure(RULES, {});
  const node = shown(numberSlider(figure, "number", { text: String, step: 0.1, most: () => 0.8 }));
  figure.update();
  const range = node.querySelector("input");
  assert.deepEqual([range.min, range.max, range.value], ["-1", "0.8", "0.5"]);
  change(range, { value: -0.5 }, "input");
  assert.equal(figure.state.get("number"), -0.5);
});

function fields(names, complete) {
  const state = new State(RULES);
  const made = numberFields(state, names, complete);
  shown(made.node).open = true;
  made.update();
  return { state, inputs: [...made.node.querySelectorAll("input")], made };
}

test("each number of a quantity has a field with its value", () => {
  const { inputs } = fields(["number", "pair"]);
  assert.deepEqual(inputs.map((one) => one.value), ["0.5", "1", "2"]);
  assert.deepEqual(inputs.map((one) => one.labels[0].textContent), ["a number", "a pair, 1", "a pair, 2"]);
});

test("a number that is typed is taken, in any spelling", () => {
  const { state, inputs } = fields(["pair"]);
  change(inputs[1], { value: " 3,5 " });
  assert.deepEqual([state.get("pair"), inputs[1].value], [[1, 3.5], "3.5"]);
});

test("a number that is refused stays, with the reason, until the state changes", () => {
  const { state, inputs } = fields(["number"]);
  const why = document.getElementById(inputs[0].getAttribute("aria-describedby"));
  for (const typed of ["2", "one", ""]) {
    change(inputs[0], { value: typed });
    assert.equal(why.textContent, "a number must be a number from -1 to 1.");
    assert.deepEqual([inputs[0].value, inputs[0].getAttribute("aria-invalid")], [typed, "true"]);
  }
  state.set({ number: 0.25 });
  assert.deepEqual([why.textContent, inputs[0].value], ["", "0.25"]);
});

test("what goes along with a number is set with it", () => {
  const { state, inputs } = fields(["number"], (patch) => ({ ...patch, flag: true }));
  change(inputs[0], { value: "0" });
  assert.deepEqual([state.get("number"), state.get("flag")], [0, true]);
});
