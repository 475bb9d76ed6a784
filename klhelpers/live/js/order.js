// Rényi's divergence of an order between reverse KL (0) and forward KL (1): the best diagonal q.

/**
 * The q, the ratio of its variances to those of p, and that of the determinants. The ratio t is the
 * root of (1 − t)(1 − α + αt) = (1 − α)ρ² in [0, 1], written so that nothing cancels.
 */
export function optimumOfOrder(alpha, { loc, tril: [a, b, c] }) {
  const s2 = Math.hypot(b, c);
  const rest = (c / s2) ** 2; // 1 − ρ²
  const lean = 1 - 2 * alpha;
  const root = Math.sqrt(lean * lean + 4 * alpha * (1 - alpha) * rest);
  const ratio = lean > 0 ? 2 * (1 - alpha) * rest / (root + lean) : (root - lean) / (2 * alpha);
  const shrink = Math.sqrt(ratio);
  return {
    q: { loc: [...loc], tril: [a * shrink, 0, s2 * shrink] },
    ratio, determinants: ratio * ratio / rest,
  };
}
