// Gradient descent, Adam and natural gradient on the unconstrained variables of a bivariate q.
//
// The variables are the mean, then: one number for an isotropic q, two for a diagonal one, and for
// a full one the diagonal of the Cholesky factor and, last, the number below it. A bijector maps
// all but the last kind to positive numbers.
import { divergence, gradient } from "./gaussian.js";
import { updateRule } from "./update.js";

export const BIJECTORS = {
  Exp: { forward: Math.exp, inverse: Math.log, slope: Math.exp },
  Softplus: {
    forward: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    inverse: (y) => y + Math.log(-Math.expm1(-y)),
    slope: (x) => 1 / (1 + Math.exp(-x)),
  },
};

/** The variables of a q of the family; an isotropic q takes the first scale, a diagonal one both. */
export function variables(family, bijector, { loc, tril: [a, b, c] }) {
  const { inverse } = BIJECTORS[bijector];
  if (family === "isotropic") return [...loc, inverse(a)];
  const raw = [...loc, inverse(a), inverse(c)];
  return family === "full" ? [...raw, b] : raw;
}

/** The q that has these variables. */
export function gaussianOf(family, bijector, x) {
  const { forward } = BIJECTORS[bijector];
  const a = forward(x[2]);
  const c = family === "isotropic" ? a : forward(x[3]);
  return { loc: [x[0], x[1]], tril: [a, family === "full" ? x[4] : 0, c] };
}

/** Gradient of the divergence with respect to the variables. */
export function slopes(direction, family, bijector, p, x) {
  const { slope } = BIJECTORS[bijector];
  const { loc, tril } = gradient(direction, p, gaussianOf(family, bijector, x));
  if (family === "isotropic") return [...loc, (tril[0] + tril[2]) * slope(x[2])];
  const found = [...loc, tril[0] * slope(x[2]), tril[2] * slope(x[3])];
  return family === "full" ? [...found, tril[1]] : found;
}

/** F⁻¹ g, where F is the Fisher information of q in its variables and g the gradient. */
export function naturalSlopes(family, bijector, x, g) {
  const { slope } = BIJECTORS[bijector];
  const { tril: [a, b, c] } = gaussianOf(family, bijector, x);
  const t1 = a * g[0] + b * g[1]; // Lᵀ g, then L (Lᵀ g) = Σ g
  const t2 = c * g[1];
  const loc = [a * t1, b * t1 + c * t2];
  const per = (i, scale) => scale / slope(x[i]); // from a change of x[i] to a relative one of scale
  if (family === "isotropic") return [...loc, g[2] * per(2, a) ** 2 / 4];
  if (family === "diagonal") {
    return [...loc, g[2] * per(2, a) ** 2 / 2, g[3] * per(3, c) ** 2 / 2];
  }
  // With dL = L E the metric is 2 e₁₁² + e₂₁² + 2 e₂₂²; the gradient in E is the lower half of Lᵀ G.
  const [ga, gc] = [g[2] / slope(x[2]), g[3] / slope(x[3])];
  const e11 = (a * ga + b * g[4]) / 2;
  const e21 = c * g[4];
  const e22 = c * gc / 2;
  return [...loc, per(2, a) * e11, per(3, c) * e22, b * e11 + c * e21];
}

/** An optimiser: a function from the variables and their gradient to the next variables. */
export function optimiser(name, rate, family, bijector) {
  return updateRule(name, rate, (x, g) => naturalSlopes(family, bijector, x, g));
}

/**
 * A fit that can be continued: `q` and `loss` hold every step, the start (step 0) included.
 * It has diverged when the next step has no finite divergence; then `advance` does nothing.
 */
export function startFit({ direction, family, bijector, optimiser: name, rate, p, start }) {
  let x = variables(family, bijector, start);
  const update = optimiser(name, rate, family, bijector);
  const first = gaussianOf(family, bijector, x);
  const fit = { direction, q: [first], loss: [divergence(direction, p, first)], diverged: false };
  fit.advance = (steps) => {
    for (let i = 0; i < steps && !fit.diverged; i += 1) {
      const next = update(x, slopes(direction, family, bijector, p, x));
      const q = gaussianOf(family, bijector, next);
      const loss = divergence(direction, p, q);
      fit.diverged = !Number.isFinite(loss);
      if (fit.diverged) break;
      x = next;
      fit.q.push(q);
      fit.loss.push(loss);
    }
    return fit;
  };
  return fit;
}
