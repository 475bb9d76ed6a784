import assert from "node:assert/strict";
import test from "node:test";
import {
  ARROW, described, DIRECTIONS, divergence, floor, gaussian, gradient, kl, optimum,
} from "../../klhelpers/live/js/gaussian.js";
import { close, slopesOf } from "./close.mjs";

const P = gaussian({ loc: [1, -2], scale: [1.5, 0.5], correlation: 0.8 });
const Q = { loc: [0.5, 0.25], tril: [0.7, -0.3, 1.1] };
const FAMILIES = ["isotropic", "diagonal", "full"];

test("reverse comes first, and each direction has its arrow", () => {
  assert.deepEqual(DIRECTIONS.map((d) => ARROW[d]), ["KL(q‖p)", "KL(p‖q)"]);
});

test("a Gaussian and its description are inverse", () => {
  const given = { loc: [1, -2], scale: [1.5, 0.5], correlation: 0.8 };
  const found = described(P);
  assert.deepEqual(found.loc, given.loc);
  close([...found.scale, found.correlation], [1.5, 0.5, 0.8]);
});

test("the description does not share the mean with the Gaussian", () => {
  const copy = described(P);
  copy.loc[0] = 9;
  assert.equal(P.loc[0], 1);
});

test("a Gaussian is at no distance from itself", () => {
  assert.equal(kl(P, P), 0);
});

test("a shift by one standard deviation is half a nat", () => {
  const unit = { loc: [0, 0], tril: [1, 0, 1] };
  assert.equal(kl(unit, { loc: [1, 0], tril: [1, 0, 1] }), 0.5);
});

test("the divergence is infinite, and not NaN, where a scale vanishes", () => {
  const flat = { loc: [0, 0], tril: [1, 0, 0] };
  assert.equal(kl(flat, { loc: [0, 0], tril: [1, 0, 1] }), Infinity);
});

test("nearly equal scales lose no digits", () => {
  const [a, b] = [1 + 1e-9, 1].map((s) => ({ loc: [0, 0], tril: [s, 0, 1] }));
  const t = a.tril[0] - 1;
  close(kl(a, b) / (t * t), 1, 1e-7);
});

test("the direction decides what comes first", () => {
  assert.equal(divergence("reverse", P, Q), kl(Q, P));
  assert.equal(divergence("forward", P, Q), kl(P, Q));
});

for (const direction of DIRECTIONS) {
  test(`the gradient of ${direction} is the slope`, () => {
    const at = ([m1, m2, a, b, c]) => divergence(direction, P, { loc: [m1, m2], tril: [a, b, c] });
    const { loc, tril } = gradient(direction, P, Q);
    close([...loc, ...tril], slopesOf(at, [...Q.loc, ...Q.tril]), 1e-7);
  });
  test(`the gradient of ${direction} vanishes at p`, () => {
    const { loc, tril } = gradient(direction, P, P);
    close([...loc, ...tril], [0, 0, 0, 0, 0], 1e-12);
  });
  for (const family of FAMILIES) {
    test(`the best ${family} q of ${direction} reaches the floor`, () => {
      close(divergence(direction, P, optimum(direction, family, P)), floor(family, P));
    });
  }
}

test("a full q has no floor, and a larger family has a lower one", () => {
  const floors = FAMILIES.map((family) => floor(family, P));
  assert.equal(floors[2], 0);
  assert.ok(floors[0] > floors[1] && floors[1] > 0);
});

test("a diagonal p has no floor for a diagonal q, and a round one none for an isotropic q", () => {
  assert.equal(floor("diagonal", { loc: [0, 0], tril: [2, 0, 1] }), 0);
  assert.equal(floor("isotropic", { loc: [0, 0], tril: [2, 0, 2] }), 0);
});
