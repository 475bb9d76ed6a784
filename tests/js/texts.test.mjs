// Numbers as text, both ways: what needs no page of dom.js, controls.js and plane.js.
import assert from "node:assert/strict";
import test from "node:test";
import { readNumber } from "../../klhelpers/live/js/controls.js";
import { capital, clamp, fixed, nats } from "../../klhelpers/live/js/dom.js";
import { pathOf, ticks } from "../../klhelpers/live/js/plane.js";

for (const [value, digits, text] of [
  [0.125, 2, "0.13"], [-0.001, 2, "0.00"], [-1, 0, "−1"], [0, 2, "0.00"], [-0, 2, "0.00"],
  [Infinity, 2, "∞"], [-Infinity, 2, "undefined"], [NaN, 2, "undefined"],
  [999999.994, 2, "999999.99"], [1e6, 2, "1.00 × 10^6"], [-1.5e21, 2, "−1.50 × 10^21"],
]) {
  test(`${value} with ${digits} digits is ${text}`, () => assert.equal(fixed(value, digits), text));
}

test("nats have four decimals", () => assert.equal(nats(-0.51083), "−0.5108"));
test("a word gets a capital letter", () => assert.equal(capital("élan"), "Élan"));

for (const [value, range, found] of [[2, [0, 1], 1], [-2, [0, 1], 0], [0.5, [0, 1], 0.5],
  [Infinity, [0, 1], 1], [1, [1, 1], 1]]) {
  test(`${value} within ${range} is ${found}`, () => assert.equal(clamp(value, range), found));
}

for (const [text, number] of [
  ["0.5", 0.5], ["0,5", 0.5], [" −.5 ", -0.5], ["+5.", 5], ["1e-3", 0.001], ["1E3", 1000], ["-0", -0],
  ["", NaN], [" ", NaN], [".", NaN], ["1.2.3", NaN], ["1,234.5", NaN], ["0x10", NaN], ["1e", NaN],
  ["Infinity", NaN], ["1 2", NaN], ["٣", NaN], ["--1", NaN], ["1/2", NaN],
]) {
  test(`"${text}" is read as ${number}`, () => assert.equal(readNumber(text), number));
}

for (const [range, most, found] of [
  [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]], [[-5, 5], 6, [-4, -2, 0, 2, 4]],
  [[0, 0.3], 3, [0, 0.1, 0.2, 0.3]], [[0.1, 0.2], 1, [0.1, 0.2]], [[0, 1000], 4, [0, 500, 1000]],
  [[3, 3.5], 6, [3, 3.1, 3.2, 3.3, 3.4, 3.5]],
]) {
  test(`ticks from ${range} at most ${most}`, () => assert.deepEqual(ticks(range, most), found));
}

test("a path goes through its points, upwards", () => {
  assert.equal(pathOf([[0, 1], [2.5, -3]]), "M0.00000 -1.00000L2.50000 3.00000");
  assert.equal(pathOf([]), "");
});
