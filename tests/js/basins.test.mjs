import assert from "node:assert/strict";
import test from "node:test";
import { basins, descend, DESCENT, dips, profile } from "../../klhelpers/live/js/basins.js";
import { mixture } from "../../klhelpers/live/js/mixture.js";
import { close, finish } from "./close.mjs";

const APART = mixture({ weight: 0.5, distance: 4, scale_1: 1, scale_2: 1 });
const TOGETHER = mixture({ weight: 0.5, distance: 0, scale_1: 1, scale_2: 1 });

test("a descent ends in p where p is one Gaussian, and does not rise on the way", () => {
  const { end, value, converged, path } = finish(descend(TOGETHER, 2, 0.5));
  close([...end, value], [0, 1, 0], 1e-4);
  assert.ok(converged && path.every(([, kl], i) => !i || kl <= path[i - 1][1] + 1e-12));
});

test("a descent that starts at the minimum stays there", () => {
  const { path, converged } = finish(descend(TOGETHER, 0, 1));
  assert.ok(converged && path.length <= 3);
});

test("a descent is cut short next to a minimum that is known", () => {
  const known = finish(descend(APART, 4, 1));
  const { path, end } = finish(descend(APART, 3, 1, [known]));
  assert.equal(end, known.end);
  assert.ok(path.length < known.path.length + DESCENT.most);
});

test("two modes that lie apart have a basin each, and a wide q between them has one", () => {
  const { minima, minimum, bands } = finish(basins(APART, 2, 1, [-6, 6], []));
  close(minima.map(({ end }) => end[0]), [-4, 0, 4], 0.01);
  assert.equal(minimum, minima[2]);
  assert.deepEqual([bands[0].from, bands.at(-1).to], [-6, 6]);
  assert.ok(bands.every((band, i) => !i || band.from === bands[i - 1].to));
});

test("one mode has one basin", () => {
  const { minima, bands } = finish(basins(TOGETHER, 1, 1, [-6, 6], [[0, 1]]));
  assert.deepEqual([minima.length, bands.length], [1, 1]);
});

test("the profile of two modes that lie apart dips at both, and between them", () => {
  const found = dips(profile(APART, [-6, 6])).map(([loc]) => loc);
  close(found, [-4, 0, 4], 0.1);
});

test("the profile has the points that were asked for, ends included", () => {
  assert.deepEqual(profile(TOGETHER, [-1, 1], 5).map(([loc]) => loc), [-1, -0.5, 0, 0.5, 1]);
});

test("ends of a curve are no dips, and a plateau is one", () => {
  assert.deepEqual(dips([[0, 1], [1, 2], [2, 1]]), []);
  assert.deepEqual(dips([[0, 2], [1, 1], [2, 2]]), [[1, 1]]);
  assert.deepEqual(dips([]), []);
});
