import assert from "node:assert/strict";
import test from "node:test";
import {
  levelCurve, lineDivergence, lineFit, lineGradient, settledAt,
} from "../../klhelpers/live/js/line.js";
import { close, slopesOf } from "./close.mjs";

const FIT = {
  sigma: 1, optimiser: "gradient descent", rate: 0.1, start: [3, -1], steps: 100, restart: -1,
};

for (const direction of ["reverse", "forward"]) {
  test(`${direction}: p is at no distance from itself`, () => {
    assert.equal(lineDivergence(direction, 2, [0, Math.log(2)]), 0);
    close(lineGradient(direction, 2, [0, Math.log(2)]), [0, 0]);
  });
  test(`${direction}: the gradient is the slope`, () => {
    const at = (x) => lineDivergence(direction, 0.7, x);
    close(lineGradient(direction, 0.7, [1.2, -0.4]), slopesOf(at, [1.2, -0.4]), 1e-7);
  });
  test(`${direction}: both formulas of the scale meet where one gives way to the other`, () => {
    for (const t of [0.25, -0.25]) {
      const [below, above] = [t * (1 - 1e-9), t * (1 + 1e-9)].map((l) => lineDivergence(direction, 1, [0, l]));
      close(below, above, 1e-8);
    }
  });
  test(`${direction}: a level curve lies on its level and is symmetric`, () => {
    const curve = levelCurve(direction, 1.3, 0.7, [-9, 9]);
    for (const x of curve) close(lineDivergence(direction, 1.3, x), 0.7, 1e-9);
    assert.deepEqual(curve.map(([m]) => -m).reverse(), curve.map(([m]) => m));
  });
  test(`${direction}: a level curve is cut at the range of the log scale`, () => {
    const curve = levelCurve(direction, 1, 50, [-2, 2]);
    assert.ok(curve.every(([, l]) => l >= -2 - 1e-12 && l <= 2 + 1e-12));
    assert.deepEqual(levelCurve(direction, 1, 0.01, [5, 6]), []);
  });
}

test("a fit holds the start and every step, and does not rise", () => {
  const { x, loss, diverged } = lineFit({ ...FIT, direction: "reverse" });
  assert.deepEqual([x.length, loss.length, diverged, x[0]], [101, 101, false, [3, -1]]);
  assert.ok(loss.every((value, i) => i === 0 || value <= loss[i - 1]));
});

test("a fit of no step is its start", () => {
  assert.deepEqual(lineFit({ ...FIT, direction: "reverse", steps: 0 }).x, [[3, -1]]);
});

test("a fit that diverges ends before the step that is not finite", () => {
  const fit = lineFit({ ...FIT, direction: "forward", start: [4, -2], optimiser: "natural gradient", rate: 2 });
  assert.ok(fit.diverged && fit.loss.every(Number.isFinite));
  assert.equal(settledAt(fit), -1);
});

test("a restart makes Adam forget, and nothing else", () => {
  const adam = { ...FIT, direction: "reverse", optimiser: "Adam", steps: 12 };
  const [one, other] = [-1, 10].map((restart) => lineFit({ ...adam, restart }).x);
  assert.deepEqual(one.slice(0, 11), other.slice(0, 11));
  assert.notEqual(one[11][0], other[11][0]);
});

test("a mean has settled from the step on after which it stays close", () => {
  const at = (...means) => settledAt({ x: means.map((m) => [m, 0]), diverged: false });
  assert.equal(at(1, 0.05, 0), 1);
  assert.equal(at(0, 1, 0), 2);
  assert.equal(at(0), 0);
  assert.equal(at(1, 0.051), -1);
});
