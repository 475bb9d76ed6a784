// Numbers that are equal but for rounding.
import assert from "node:assert/strict";

/** Assert that numbers, or lists of them, agree to within a part of the larger one, or of 1. */
export function close(found, wanted, tolerance = 1e-12) {
  if (Array.isArray(wanted)) {
    assert.equal(found.length, wanted.length);
    wanted.forEach((one, i) => close(found[i], one, tolerance));
    return;
  }
  const size = Math.max(1, Math.abs(wanted));
  assert.ok(Math.abs(found - wanted) <= tolerance * size, `${found} is not close to ${wanted}`);
}

/** The slope of a function of several variables, by central differences. */
export function slopesOf(f, x, h = 1e-6) {
  return x.map((_, i) => {
    const at = (step) => f(x.map((v, k) => (k === i ? v + step : v)));
    return (at(h) - at(-h)) / (2 * h);
  });
}

/** Run a generator to its end, and return what it returns. */
export function finish(generator) {
  let step;
  do step = generator.next(); while (!step.done);
  return step.value;
}
