import assert from "node:assert/strict";
import test from "node:test";
import { gaussian, optimum } from "../../klhelpers/live/js/gaussian.js";
import { optimumOfOrder } from "../../klhelpers/live/js/order.js";
import { close } from "./close.mjs";

const P = gaussian({ loc: [1, 2], scale: [2, 0.5], correlation: -0.9 });

test("the ends are the best q of both directions", () => {
  [["reverse", 0], ["forward", 1]].forEach(([direction, alpha]) => {
    const { q } = optimumOfOrder(alpha, P);
    close(q.tril, optimum(direction, "diagonal", P).tril);
    assert.deepEqual(q.loc, P.loc);
  });
});

test("in the middle the determinant is that of p", () => {
  close(optimumOfOrder(0.5, P).determinants, 1);
});

test("variances grow with the order, on both sides of one half", () => {
  const ratios = [0, 0.25, 0.4999999, 0.5, 0.5000001, 0.75, 1].map((a) => optimumOfOrder(a, P).ratio);
  assert.ok(ratios.every((ratio, i) => !i || ratio > ratios[i - 1]), String(ratios));
});

test("the ratio solves its equation, also where 1 − ρ² is tiny", () => {
  for (const correlation of [0, 0.5, 0.99, 0.999999]) {
    const p = gaussian({ loc: [0, 0], scale: [1, 1], correlation });
    for (const a of [0.1, 0.5, 0.9]) {
      const t = optimumOfOrder(a, p).ratio;
      close((1 - t) * (1 - a + a * t), (1 - a) * correlation ** 2, 1e-12);
    }
  }
});
