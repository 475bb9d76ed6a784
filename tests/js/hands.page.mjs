// Handles: what keys and pointers do, and how a Gaussian follows its three handles.
import assert from "node:assert/strict";
import test from "node:test";
import { svg } from "../../klhelpers/live/js/dom.js";
import { Figure } from "../../klhelpers/live/js/figure.js";
import { askedFor, FitRecord } from "../../klhelpers/live/js/fitrecord.js";
import { addHandle, apart } from "../../klhelpers/live/js/handles.js";
import {
  addHands, checkFamily, familyChoice, gaussianIn, handNumbers, heldAxes, projected,
} from "../../klhelpers/live/js/hands.js";
import { makePlane } from "../../klhelpers/live/js/plane.js";
import { RULES } from "../../klhelpers/live/js/rules.js";
import { State } from "../../klhelpers/live/js/state.js";
import { close } from "./close.mjs";

const makeRoom = () => {
  const plane = makePlane({ x: [-5, 5], y: [-5, 5], width: 380, height: 375, label: "a plane" });
  document.body.append(plane.node);
  return plane;
};
const press = (node, key, more = {}) => {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...more });
  node.dispatchEvent(event);
  return event.defaultPrevented;
};

function handle(more = {}) {
  const plane = makeRoom();
  const nudges = [];
  let place = [1, 2];
  const update = addHandle(plane, {
    name: "A handle", kind: "q", range: [-4, 4], at: () => place, move: (to) => { place = to; },
    nudge: (by) => nudges.push(by), value: () => [place[0], `at ${place}`], ...more,
  });
  update();
  return { node: plane.front.lastChild, plane, nudges, update, go: (to) => { place = to; update(); } };
}

for (const [key, more, by] of [
  ["ArrowLeft", {}, [-1, 0]], ["ArrowUp", {}, [0, 1]], ["ArrowDown", { shiftKey: true }, [0, -10]],
  ["PageUp", {}, [0, 10]], ["Home", {}, [-Infinity, NaN]], ["End", {}, [Infinity, NaN]],
]) {
  test(`${Object.keys(more)} ${key} moves by ${by}`, () => {
    const { node, nudges } = handle();
    assert.ok(press(node, key, more));
    const [[dx, dy]] = nudges;
    assert.equal(Math.abs(dx), Math.abs(by[0]));
    if (!Number.isNaN(by[1])) assert.equal(dy + 0, by[1] + 0);
  });
}

test("other keys, and keys with Alt, Ctrl or Meta, are left alone", () => {
  const { node, nudges } = handle();
  for (const [key, more] of [["a", {}], ["Tab", {}], ["ArrowUp", { ctrlKey: true }],
    ["ArrowUp", { altKey: true }], ["ArrowUp", { metaKey: true }]]) {
    assert.equal(press(node, key, more), false);
  }
  assert.deepEqual(nudges, []);
});

test("a handle stands where it is, and says so", () => {
  const { node, plane, go } = handle();
  go([-2, 3]);
  assert.equal(node.getAttribute("transform"), `translate(${plane.toX(-2)},${plane.toY(3)})`);
  assert.deepEqual([node.getAttribute("aria-valuenow"), node.getAttribute("aria-valuetext")], ["-2", "at -2,3"]);
});

test("a handle whose place lies outside stands on the other side of its centre", () => {
  const { node, plane, go } = handle({ around: () => [4, 0] });
  go([7, 0]);
  const place = node.getAttribute("transform").match(/[\d.]+/g).map(Number);
  close(place, [plane.toX(1), plane.toY(0)]);
});

test("handles of one Gaussian lie apart by a finger's width of the picture", () => {
  const plane = makeRoom();
  plane.unit = 1;
  const once = apart(plane);
  plane.unit = 2;
  close(apart(plane), 2 * once);
});

for (const [values, why] of [
  [{ family: "full", scale_q: [1, 2], correlation_q: 0.5 }, ""],
  [{ family: "diagonal", scale_q: [1, 2], correlation_q: 0 }, ""],
  [{ family: "diagonal", scale_q: [1, 2], correlation_q: 0.5 }, "correlation_q must be 0 for a q that is diagonal; got 0.5"],
  [{ family: "isotropic", scale_q: [1, 2], correlation_q: 0 }, "scale_q must be two equal numbers for a q that is isotropic; got 1 and 2"],
]) {
  test(`${JSON.stringify(values)}: "${why}"`, () => assert.equal(checkFamily(values), why));
}

test("of q stays what the family allows, and the area of an isotropic one", () => {
  assert.deepEqual(projected("full", [1, 4], 0.5), { scale_q: [1, 4], correlation_q: 0.5 });
  assert.deepEqual(projected("diagonal", [1, 4], 0.5), { scale_q: [1, 4], correlation_q: 0 });
  assert.deepEqual(projected("isotropic", [1, 4], 0.5), { scale_q: [2, 2], correlation_q: 0 });
});

test("the choice of a family takes q along", () => {
  const state = new State(RULES.pair, { scale_q: [1, 4] });
  const select = familyChoice(state).node.querySelector("select");
  select.value = "isotropic";
  select.dispatchEvent(new Event("change"));
  assert.deepEqual(state.get("scale_q"), [2, 2]);
});

test("the Gaussian of a letter is read from the state", () => {
  const { loc, tril } = gaussianIn(new State(RULES.pair), "p");
  assert.deepEqual(loc, [0, 0]);
  close(tril, [1.5, 0.8, 0.6]);
});

function handled(values) {
  const figure = new Figure(RULES.pair, values, checkFamily);
  const plane = makeRoom();
  addHands(figure, plane, "q", heldAxes(figure, "q"));
  figure.update();
  return { figure, nodes: [...plane.front.childNodes] };
}

test("q has two axes and a mean, and a round one a single axis", () => {
  const seen = (values) => handled(values).nodes.map(({ style }) => style.display);
  assert.deepEqual(seen({}), ["", "", ""]);
  assert.deepEqual(seen({ family: "isotropic" }), ["", "none", ""]);
});

test("keys move the mean by a twentieth, and change a length by a fiftieth", () => {
  const { figure, nodes } = handled({ loc_q: [0, 0], scale_q: [1, 1] });
  press(nodes[2], "ArrowRight");
  press(nodes[2], "ArrowUp", { shiftKey: true });
  close(figure.state.get("loc_q"), [0.05, 0.5]);
  press(nodes[0], "ArrowUp");
  close(figure.state.get("scale_q"), [1.02, 1]);
  press(nodes[1], "End");
  close(figure.state.get("scale_q"), [1.02, 4]);
});

test("a key turns the axis of a full q by a degree", () => {
  const { figure, nodes } = handled({ family: "full", scale_q: [2, 1], loc_q: [0, 0] });
  press(nodes[0], "ArrowLeft", { shiftKey: true });
  assert.match(nodes[0].getAttribute("aria-valuetext"), /direction 10 degrees/);
  assert.ok(figure.state.get("correlation_q") > 0);
});

test("a scale of an isotropic q that is typed takes the other along", () => {
  const figure = new Figure(RULES.pair, { family: "isotropic", scale_q: [1, 1] }, checkFamily);
  const { node, update } = handNumbers(figure, ["q"]);
  document.body.appendChild(node).open = true;
  update();
  const field = node.querySelectorAll("input")[3];
  field.value = "2";
  field.dispatchEvent(new Event("change"));
  assert.deepEqual(figure.state.get("scale_q"), [2, 2]);
});

test("a fit is asked for in one direction or in both", () => {
  assert.deepEqual(askedFor(new State(RULES.fit)), ["reverse", "forward"]);
  assert.deepEqual(askedFor(new State(RULES.fit, { direction: "forward" })), ["forward"]);
});

test("a record runs in parts, keeps a run once, and forgets", () => {
  const state = new State(RULES.fit, { taken: 30 });
  const record = new FitRecord(state);
  assert.equal(record.refresh(10), true);
  assert.equal(record.run().lines.reverse.last, 10);
  const run = record.keep();
  assert.deepEqual([run.lines.reverse.last, run.number, record.keep().number], [30, 1, 1]);
  state.set({ rate: 0.2 });
  record.refresh();
  assert.deepEqual(record.ghosts().map(({ number }) => number), [1]);
  for (const rate of [0.3, 0.4, 0.5, 0.6]) {
    state.set({ rate });
    record.keep();
  }
  assert.deepEqual(record.ghosts().map(({ number }) => number), [2, 3, 4]);
  record.forget();
  assert.deepEqual(record.ghosts(), []);
});

test("a run is named by its settings, with true minus signs", () => {
  const record = new FitRecord(new State(RULES.fit));
  assert.equal(record.keep().label, "Adam, rate 0.1, diagonal, Exp, from (−3, 0)");
});

test("an SVG element of a handle is drawn by its shape: a target's is a square", () => {
  assert.equal(handle({ kind: "p" }).node.lastChild.localName, svg("path").localName);
  assert.equal(handle({ kind: "q" }).node.lastChild.localName, "circle");
});
