import assert from "node:assert/strict";
import test from "node:test";
import { axesOf, HeldAxes, withAxes } from "../../klhelpers/live/js/axes.js";
import { close } from "./close.mjs";

test("the axes of a diagonal Gaussian are its scales, the longer first", () => {
  assert.deepEqual(axesOf([2, 1], 0), { lengths: [2, 1], tilt: 0 });
  const { lengths, tilt } = axesOf([1, 2], 0);
  close([...lengths, tilt], [2, 1, Math.PI / 2]);
});

test("a round Gaussian is not tilted", () => {
  assert.deepEqual(axesOf([1, 1], 0), { lengths: [1, 1], tilt: 0 });
});

for (const [scale, r] of [[[1, 1], 0.5], [[2, 0.1], -0.9], [[1e-3, 1e3], 0.99], [[1, 1], -0.999999]]) {
  test(`axes and back: ${scale} with correlation ${r}`, () => {
    const { scale: again, correlation } = withAxes(axesOf(scale, r));
    close([again[0] / scale[0], again[1] / scale[1], correlation], [1, 1, r], 1e-9);
  });
}

test("axes of equal length have no correlation, however they are turned", () => {
  assert.equal(withAxes({ lengths: [1, 1], tilt: 0.3 }).correlation, 0);
});

function held(state, said = "") {
  const told = [];
  const axes = new HeldAxes(() => state, (wanted) => {
    told.push(wanted);
    Object.assign(state, said ? {} : wanted);
    return said;
  });
  return { axes, told };
}

test("the handle that is held stays the same one when its axis becomes the shorter", () => {
  const { axes } = held({ scale: [2, 1], correlation: 0.2, straight: false, round: false });
  const { tilt } = axes.now;
  axes.set(0, 0.5, tilt);
  close(axes.now.lengths[0], 0.5);
  close(axes.now.tilt, tilt);
});

test("what the state refuses is not kept", () => {
  const { axes } = held({ scale: [2, 1], correlation: 0, straight: false, round: false }, "it stops");
  assert.equal(axes.set(0, 9, 0), "it stops");
  assert.deepEqual(axes.now.lengths, [2, 1]);
});

test("a straight q does not turn, and a round one changes both lengths", () => {
  const straight = held({ scale: [1, 2], correlation: 0, straight: true, round: false });
  straight.axes.set(1, 3, 0.7);
  assert.deepEqual(straight.told, [{ scale: [1, 3], correlation: 0 }]);
  const round = held({ scale: [1, 1], correlation: 0, straight: true, round: true });
  round.axes.set(0, 3, 0);
  assert.deepEqual(round.told[0].scale, [3, 3]);
});

test("a length is never zero or negative", () => {
  const { axes, told } = held({ scale: [1, 1], correlation: 0, straight: true, round: false });
  axes.set(0, -2, 0);
  assert.deepEqual(told[0].scale, [1e-9, 1]);
});

test("the end of an axis lies so many lengths and so far apart from the mean", () => {
  const { axes } = held({ scale: [2, 1], correlation: 0, straight: false, round: false });
  close(axes.end([1, -1], 0, 1.5, 0.25), [4.25, -1]);
  close(axes.end([1, -1], 1, 1.5, 0.25), [1, 0.75]);
});
