// Where gradient descent on KL(q‖p) ends, from one q or from all means: q is one Gaussian on the
// line, p a mixture of two. What takes long is a generator: whoever runs it may pause it.
import { reverseKl, ROUGH, SKETCH } from "./mixture.js";

export const DESCENT = { rate: 0.1, still: 1e-6, most: 2000 };
const STARTS = 49; // means, before the borders between basins are refined
const HALVINGS = 4;
const SAME = 0.05; // ends that are closer than this, in mean and in ln scale, are one minimum

/**
 * Gradient descent in (loc, ln scale) at a fixed rate; a step that would raise KL is halved.
 * Returns { path, end, value, converged }, where the path holds [loc, KL] of every step. The
 * descent is cut short next to one of the minima `known`.
 */
export function* descend(p, loc, scale, known = []) {
  let x = [loc, Math.log(scale)];
  const at = ([mean, log]) => reverseKl(p, mean, Math.exp(log), ROUGH);
  let now = at(x);
  const path = [[x[0], now.value]];
  let converged = false;
  while (!converged && path.length <= DESCENT.most) {
    let [dx, dy] = now.slopes.map((slope) => -DESCENT.rate * slope);
    converged = Math.hypot(dx, dy) < DESCENT.still;
    let next = [x[0] + dx, x[1] + dy];
    let then = at(next);
    while (then.value > now.value && Math.hypot(dx, dy) > 1e-9) {
      [dx, dy] = [dx / 2, dy / 2];
      next = [x[0] + dx, x[1] + dy];
      then = at(next);
    }
    [x, now] = [next, then];
    path.push([x[0], now.value]);
    const arrived = known.find(({ end, value }) => now.value < value + 1e-3
      && Math.hypot(end[0] - x[0], Math.log(end[1]) - x[1]) < SAME);
    if (arrived) return { path, converged: true, ...arrived };
    if (path.length % 50 === 0) yield;
  }
  return { path, end: [x[0], Math.exp(x[1])], value: now.value, converged };
}

/** The minima that descents ended in, from left to right. */
class Minima {
  all = [];

  /** The minimum in which a descent ended; null if it did not converge. */
  of({ end, value, converged }) {
    if (!converged) return null;
    const near = (one) => Math.abs(one.end[0] - end[0]) < SAME
      && Math.abs(Math.log(one.end[1] / end[1])) < SAME;
    let found = this.all.find(near);
    if (!found) {
      found = { end, value };
      this.all.push(found);
      this.all.sort((a, b) => a.end[0] - b.end[0]);
    }
    return found;
  }
}

/**
 * From q, and from other means with the same scale: where does descent end? `seeds` are further
 * starts [loc, scale]. Returns { own, minimum, minima, bands }; a band is { from, to, minimum }.
 */
export function* basins(p, loc, scale, [low, high], seeds) {
  const minima = new Minima();
  const own = yield* descend(p, loc, scale);
  const minimum = minima.of(own);
  for (const seed of seeds) minima.of(yield* descend(p, ...seed));
  const endOf = function* (mean) {
    return minima.of(yield* descend(p, mean, scale, minima.all));
  };
  let before = { mean: low, minimum: yield* endOf(low) };
  const bands = [{ from: low, minimum: before.minimum }];
  for (let i = 1; i < STARTS; i += 1) {
    yield;
    const mean = low + (high - low) * i / (STARTS - 1);
    const after = { mean, minimum: yield* endOf(mean) };
    if (after.minimum !== before.minimum) {
      let [left, right] = [before.mean, mean];
      for (let k = 0; k < HALVINGS; k += 1) {
        const middle = (left + right) / 2;
        if ((yield* endOf(middle)) === before.minimum) left = middle;
        else right = middle;
        yield;
      }
      bands.push({ from: (left + right) / 2, minimum: after.minimum });
    }
    before = after;
  }
  bands.forEach((band, i) => { band.to = bands[i + 1]?.from ?? high; });
  return { own, minimum, minima: minima.all, bands };
}

/** The local minimum over ln scale that is near a scale, by Newton's method: [KL, scale]. */
function leastNear(p, loc, scale) {
  let log = Math.log(scale);
  let value = 0;
  for (let i = 0; i < 6; i += 1) {
    const found = reverseKl(p, loc, Math.exp(log), SKETCH);
    const slope = found.slopes[1];
    const step = found.bend > 0 ? -slope / found.bend : -Math.sign(slope);
    value = found.value;
    if (Math.abs(step) < 0.01) {
      value += 0.5 * step * slope; // the parabola's minimum
      break;
    }
    log += Math.max(-0.5, Math.min(0.5, step));
  }
  return [value, Math.exp(log)];
}

/** KL(q‖p) for each mean with the best scale: [loc, KL, scale]. */
export function profile(p, [low, high], count = 49) {
  const means = Array.from({ length: count }, (_, i) => low + (high - low) * i / (count - 1));
  const best = means.map((mean) => [mean, Infinity, 1]);
  const sweep = (order, first) => {
    let scale = first;
    for (const i of order) {
      let value;
      [value, scale] = leastNear(p, means[i], scale);
      if (value < best[i][1]) best[i] = [means[i], value, scale];
    }
  };
  const right = means.map((_, i) => i);
  const centre = Math.max(0, means.findIndex((mean) => mean >= p.mean));
  sweep(right, p.s1); // a minimum over the scale is followed from mean to mean
  sweep(right.toReversed(), p.s2);
  sweep(right.slice(centre), Math.sqrt(p.variance));
  sweep(right.slice(0, centre).reverse(), Math.sqrt(p.variance));
  return best;
}

/** The points of a profile that lie below their neighbours. */
export function dips(curve) {
  return curve.filter(([, value], i) => i > 0 && i < curve.length - 1
    && value <= curve[i - 1][1] && value <= curve[i + 1][1]);
}
