// Bivariate Gaussians in double precision: divergences in nats, floors, optima.
//
// A Gaussian is { loc: [m1, m2], tril: [a, b, c] }, where [[a, 0], [b, c]] is the lower-triangular
// factor L of its covariance L Lᵀ, with a, c > 0.

export const DIRECTIONS = ["reverse", "forward"];
export const ARROW = { reverse: "KL(q‖p)", forward: "KL(p‖q)" };

export function gaussian({ loc, scale: [s1, s2], correlation: r }) {
  return { loc: [...loc], tril: [s1, r * s2, s2 * Math.sqrt((1 - r) * (1 + r))] };
}

/** Means, standard deviations and correlation: the inverse of `gaussian`. */
export function described({ loc, tril: [a, b, c] }) {
  const s2 = Math.hypot(b, c);
  return { loc: [...loc], scale: [a, s2], correlation: b / s2 };
}

/** ½ (m² − 1 − ln m²) for the ratio m of two scales, without cancellation near m = 1. */
function scaleTerm(a, b) {
  const t = (a - b) / b;
  if (Math.abs(t) > 0.1) return 0.5 * (a / b) ** 2 - 0.5 - Math.log(a / b);
  let sum = 0;
  for (let n = 15; n > 1; n -= 1) sum = sum * -t + 1 / n; // t − ln(1 + t) = t²/2 − t³/3 + …
  return (0.5 + sum) * t * t;
}

/** L_b⁻¹ L_a, and L_b⁻¹ times the difference of the means. */
function whitened(a, b) {
  const [a1, a2, a3] = a.tril;
  const [b1, b2, b3] = b.tril;
  const m11 = a1 / b1;
  const change = (a1 - b1) / b1;
  const close = Math.abs(change) < 0.5; // then the digits of m21 are those of the differences
  const z1 = (a.loc[0] - b.loc[0]) / b1;
  return {
    m11, m21: (close ? a2 - b2 - b2 * change : a2 - b2 * m11) / b3, m22: a3 / b3,
    z1, z2: (a.loc[1] - b.loc[1] - b2 * z1) / b3,
  };
}

/** KL(a‖b): no term of the sum is negative, so that nothing large cancels. */
export function kl(a, b) {
  const { m21, z1, z2 } = whitened(a, b);
  return scaleTerm(a.tril[0], b.tril[0]) + scaleTerm(a.tril[2], b.tril[2])
    + 0.5 * (m21 * m21 + z1 * z1 + z2 * z2);
}

/** The divergence of one direction: "reverse" is KL(q‖p), "forward" is KL(p‖q). */
export function divergence(direction, p, q) {
  return direction === "forward" ? kl(p, q) : kl(q, p);
}

/** Gradient of a divergence with respect to q: { loc: [2], tril: [3] }. */
export function gradient(direction, p, q) {
  const [a, b, c] = q.tril;
  if (direction === "reverse") {
    const { m11, m21, m22, z1, z2 } = whitened(q, p);
    const [p1, p2, p3] = p.tril;
    const turn = p2 / p3;
    return {
      loc: [(z1 - turn * z2) / p1, z2 / p3],
      tril: [(m11 - turn * m21) / p1 - 1 / a, m21 / p3, m22 / p3 - 1 / c],
    };
  }
  const { m11, m21, m22, z1, z2 } = whitened(p, q);
  const w11 = m11 * m11 + z1 * z1;
  const w21 = m21 * m11 + z1 * z2;
  const w22 = m21 * m21 + m22 * m22 + z2 * z2;
  const turn = b / c;
  return {
    loc: [-(z1 - turn * z2) / a, -z2 / c],
    tril: [(1 - w11 + turn * w21) / a, -w21 / c, (1 - w22) / c],
  };
}

/** The least divergence of a family; in two dimensions it is the same for both directions. */
export function floor(family, p) {
  if (family === "full") return 0;
  const [a, b, c] = p.tril;
  const ratio = b / c;
  const diagonal = 0.5 * Math.log1p(ratio * ratio); // −½ ln(1 − ρ²)
  if (family === "diagonal") return diagonal;
  const s2 = Math.hypot(b, c);
  const unlike = ((a - s2) / a) * ((a + s2) / s2) / 2;
  return diagonal + 0.5 * Math.log1p(unlike * unlike);
}

/** The q of a family that has the least divergence. */
export function optimum(direction, family, p) {
  const [a, b, c] = p.tril;
  const s2 = Math.hypot(b, c);
  if (family === "full") return { loc: [...p.loc], tril: [...p.tril] };
  // Forward: marginal standard deviations. Reverse: conditional ones.
  const shrink = direction === "forward" ? 1 : c / s2;
  const scales = [a * shrink, s2 * shrink];
  if (family === "diagonal") return { loc: [...p.loc], tril: [scales[0], 0, scales[1]] };
  const scale = direction === "forward"
    ? Math.hypot(scales[0], scales[1]) / Math.SQRT2
    : Math.SQRT2 / Math.hypot(1 / scales[0], 1 / scales[1]);
  return { loc: [...p.loc], tril: [scale, 0, scale] };
}
