import assert from "node:assert/strict";
import test from "node:test";
import {
  averages, density, EXACT, forwardKl, legendre, mixture, reverseKl, ROUGH, SKETCH,
} from "../../klhelpers/live/js/mixture.js";
import { close, slopesOf } from "./close.mjs";

const P = mixture({ weight: 0.3, distance: 3, scale_1: 1, scale_2: 0.5 });
const ONE = mixture({ weight: 0.5, distance: 0, scale_1: 1, scale_2: 1 });

test("weights of a rule add up to the length of its interval, and odd powers vanish", () => {
  for (const rule of [EXACT, ROUGH, SKETCH]) {
    const sum = (power) => rule.reduce((all, [x, w]) => all + w * x ** power, 0);
    close([sum(0), sum(1), sum(2), sum(3), sum(4)], [2, 0, 2 / 3, 0, 2 / 5], 1e-14);
  }
});

test("the rule with one node is its middle", () => {
  close(legendre(1)[0], [0, 2]);
});

test("rules are the finer, the more they are trusted", () => {
  assert.deepEqual([EXACT.length, ROUGH.length, SKETCH.length], [16, 8, 5]);
});

test("a density is that of a Gaussian, also far out", () => {
  close(density(1, 1, 2), 1 / (2 * Math.sqrt(2 * Math.PI)));
  assert.equal(density(1e9, 0, 1), 0);
});

test("mean and variance are those of the mixture", () => {
  close(P.mean, -0.3 * 3 + 0.7 * 3);
  close(P.variance, 0.3 * (1 + (-3 - P.mean) ** 2) + 0.7 * (0.25 + (3 - P.mean) ** 2));
});

test("two equal components are one Gaussian, whose divergences have a closed form", () => {
  const exact = (loc, scale) => 0.5 * (scale * scale + loc * loc - 1) - Math.log(scale);
  for (const [loc, scale] of [[0, 1], [2, 0.5], [-6, 5]]) {
    close(reverseKl(ONE, loc, scale).value, exact(loc, scale), 1e-10);
    close(forwardKl(ONE, loc, scale).value, 0.5 * (1 + loc * loc) / scale ** 2 - 0.5 + Math.log(scale), 1e-10);
  }
});

test("slopes and the second derivative are those of the value", () => {
  const at = ([loc, log]) => reverseKl(P, loc, Math.exp(log)).value;
  const { slopes, bend } = reverseKl(P, 1, 0.8);
  close(slopes, slopesOf(at, [1, Math.log(0.8)]), 1e-7);
  const [, up] = reverseKl(P, 1, Math.exp(Math.log(0.8) + 1e-5)).slopes;
  const [, down] = reverseKl(P, 1, Math.exp(Math.log(0.8) - 1e-5)).slopes;
  close(bend, (up - down) / 2e-5, 1e-7);
  const forward = ([loc, log]) => forwardKl(P, loc, Math.exp(log)).value;
  close(forwardKl(P, 1, 0.8).slopes, slopesOf(forward, [1, Math.log(0.8)]), 1e-7);
});

test("forward KL is least at the mean and the variance", () => {
  close(forwardKl(P, P.mean, Math.sqrt(P.variance)).slopes, [0, 0]);
});

test("averages do not depend on the rule by more than it promises", () => {
  const [exact, rough] = [EXACT, ROUGH].map((rule) => averages(P, 0, 2, rule).value);
  close(rough, exact, 1e-7);
});

test("both components swap with their weights", () => {
  const other = mixture({ weight: 0.7, distance: 3, scale_1: 0.5, scale_2: 1 });
  close(reverseKl(P, 1, 0.8).value, reverseKl(other, -1, 0.8).value, 1e-12);
});
