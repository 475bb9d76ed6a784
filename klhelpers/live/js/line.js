// A Gaussian q = N(m, e^{2λ}) on the line, and the target p = N(0, σ²); x = [m, λ], in nats.
import { updateRule } from "./update.js";

const CLOSE = 0.05; // from the mean of p

/** KL(N(0, e^{2t})‖N(0, 1)) = ½ (e^{2t} − 1) − t, without cancellation near zero. */
function logScaleTerm(t) {
  const y = 2 * t;
  if (Math.abs(y) > 0.5) return Math.expm1(y) / 2 - t;
  let sum = 0;
  for (let n = 16; n > 1; n -= 1) sum = (sum * y + 1) / n; // y (½ + y (⅙ + …)), y² once below
  return sum * y * y / 2;
}

/** The divergence of a direction at x. */
export function lineDivergence(direction, sigma, [m, l]) {
  const t = l - Math.log(sigma);
  const forward = direction === "forward";
  const z = m / (forward ? Math.exp(l) : sigma);
  return logScaleTerm(forward ? -t : t) + 0.5 * z * z;
}

/** Its gradient with respect to x. */
export function lineGradient(direction, sigma, [m, l]) {
  const t = l - Math.log(sigma);
  if (direction === "reverse") return [m / sigma / sigma, Math.expm1(2 * t)];
  const s = Math.exp(l);
  return [m / s / s, -Math.expm1(-2 * t) - (m / s) ** 2];
}

/**
 * Every step of a fit, the start (step 0) included. At the step `restart` the optimiser forgets
 * all; the fit has diverged if the next step has no finite divergence.
 */
export function lineFit({ direction, sigma, optimiser: name, rate, start, steps, restart }) {
  const fresh = () => updateRule(name, rate, ([, l], [a, b]) => [a * Math.exp(2 * l), b / 2]);
  const fit = { x: [start], loss: [lineDivergence(direction, sigma, start)], diverged: false };
  let update = fresh();
  let x = start;
  for (let t = 0; t < steps; t += 1) {
    if (t === restart) update = fresh();
    x = update(x, lineGradient(direction, sigma, x));
    const value = lineDivergence(direction, sigma, x);
    fit.diverged = !Number.isFinite(value);
    if (fit.diverged) break;
    fit.x.push(x);
    fit.loss.push(value);
  }
  return fit;
}

/** The first step from which on the mean stays close to that of p; −1 if there is none. */
export function settledAt({ x, diverged }) {
  let t = x.length;
  while (t > 0 && Math.abs(x[t - 1][0]) <= CLOSE) t -= 1;
  return diverged || t === x.length ? -1 : t;
}

/** Where KL is c for equal means: the two λ − ln σ, as [below, above]. */
function tips(direction, c) {
  // The term is convex, so Newton's steps from beyond a root come nearer from the same side.
  const [below, above] = [-c - 0.5, 1 + Math.log1p(c)].map((t) => {
    for (let i = 0; i < 40; i += 1) t -= (logScaleTerm(t) - c) / Math.expm1(2 * t);
    return t;
  });
  return direction === "forward" ? [-above, -below] : [below, above];
}

/** The closed curve on which KL is c, as points [m, λ] with λ in a range; [] if none is there. */
export function levelCurve(direction, sigma, c, [low, high], count = 64) {
  const shift = Math.log(sigma);
  const [below, above] = tips(direction, c);
  const [from, to] = [Math.max(below, low - shift), Math.min(above, high - shift)];
  if (from >= to) return [];
  const forward = direction === "forward";
  const half = [];
  for (let i = 0; i <= count; i += 1) { // dense at the tips, where m is a square root
    const t = (from + to) / 2 - (to - from) / 2 * Math.cos(Math.PI * i / count);
    const z = Math.sqrt(Math.max(0, 2 * (c - logScaleTerm(forward ? -t : t))));
    half.push([sigma * z * (forward ? Math.exp(t) : 1), t + shift]);
  }
  return [...half, ...half.map(([m, l]) => [-m, l]).reverse()];
}
