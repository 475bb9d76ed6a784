import assert from "node:assert/strict";
import test from "node:test";
import { updateRule } from "../../klhelpers/live/js/update.js";
import { close } from "./close.mjs";

test("gradient descent follows the gradient", () => {
  assert.deepEqual(updateRule("gradient descent", 0.5)([1, 2], [2, -2]), [0, 3]);
});

test("natural gradient follows what it is told", () => {
  const natural = (x, g) => g.map((v, i) => v * x[i]);
  assert.deepEqual(updateRule("natural gradient", 1, natural)([1, 2], [3, 4]), [-2, -6]);
});

test("the first step of Adam is the rate, whatever the size of the gradient", () => {
  for (const g of [1, 1e3, -1e6]) close(updateRule("Adam", 0.1)([0], [g]), [-0.1 * Math.sign(g)], 1e-5);
});

test("Adam stays where the gradient is zero", () => {
  assert.deepEqual(updateRule("Adam", 0.1)([1, 2], [0, 0]), [1, 2]);
});

test("each rule has a memory of its own", () => {
  const [one, other] = [updateRule("Adam", 0.1), updateRule("Adam", 0.1)];
  one([0], [5]);
  one([0], [5]);
  close(other([0], [1]), updateRule("Adam", 0.1)([0], [1]), 0);
});

test("the variables that are given stay as they are", () => {
  const x = [1, 2];
  for (const name of ["Adam", "gradient descent"]) updateRule(name, 0.1)(x, [1, 1]);
  assert.deepEqual(x, [1, 2]);
});
