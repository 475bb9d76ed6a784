// Divergences between a Gaussian q and a mixture p of two Gaussians on the line, by quadrature.
//
// ln p is analytic but where p is zero in the complex plane. Gauss–Legendre panels are halved until
// each is well away from these zeros, in the measure in which such a rule converges.

const CUT = 9.5; // standard deviations, beyond which an integrand is below 1e-16
const PANELS = 8; // of equal width, before they are halved
const AWAY = 1.5; // how far zeros must be: (distance to one end + to the other) / width
const LN_ROOT = 0.5 * Math.log(2 * Math.PI);

/** Nodes in (−1, 1) and weights of the Gauss–Legendre rule with n nodes. */
export function legendre(n) {
  return Array.from({ length: n }, (_, i) => {
    let [x, slope] = [Math.cos(Math.PI * (i + 0.75) / (n + 0.5)), 1];
    for (let k = 0; k < 8; k += 1) {
      let [before, now] = [1, x];
      for (let j = 2; j <= n; j += 1) {
        [before, now] = [now, ((2 * j - 1) * x * now - (j - 1) * before) / j];
      }
      slope = n * (before - x * now) / (1 - x * x);
      x -= now / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

export const EXACT = legendre(16);
export const ROUGH = legendre(8); // error below 1e-7 nats: for descents
export const SKETCH = legendre(5); // for curves that follow a hand

const over = ([a, b], [c, d]) => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};

/** The zeros of p that are nearest to the real axis: where a x² + b x + c = iπ, for b ≤ 0. */
function nearestZeros(a, b, c) {
  if (a === 0 && b === 0) return []; // both components are the same
  const [re, im] = [b * b - 4 * a * c, 4 * Math.PI * a];
  const s = Math.sqrt((Math.hypot(re, im) + Math.abs(re)) / 2);
  const t = im / (2 * s);
  const root = re >= 0 ? [s, t] : [Math.abs(t), im < 0 ? -s : s];
  const sum = [(root[0] - b) / 2, root[1] / 2];
  const near = over([c, -Math.PI], sum);
  return a === 0 ? [near] : [near, [sum[0] / a, sum[1] / a]];
}

/** What is needed of p = weight N(−distance, scale_1²) + (1 − weight) N(distance, scale_2²). */
export function mixture({ weight, distance: m, scale_1: s1, scale_2: s2 }) {
  const [d1, d2] = [1 / (s1 * s1), 1 / (s2 * s2)];
  const a = (d2 - d1) / 2; // the log of the ratio of the components is a x² + b x + c
  const b = -m * (d1 + d2);
  const c = Math.log(weight * s2 / ((1 - weight) * s1)) + m * m * a;
  const mean = m * (1 - 2 * weight);
  const p = {
    weight, m, s1, s2, d1, d2, a, b, c, mean, zeros: nearestZeros(a, b, c),
    top1: Math.log(weight / s1) - LN_ROOT, top2: Math.log((1 - weight) / s2) - LN_ROOT,
    variance: weight * s1 * s1 + (1 - weight) * s2 * s2 + 4 * weight * (1 - weight) * m * m,
  };
  const near = [averages(p, -m, s1, EXACT), averages(p, m, s2, EXACT)];
  p.entropy = -(weight * near[0].value + (1 - weight) * near[1].value);
  return p;
}

/** Density of a Gaussian. */
export function density(x, loc, scale) {
  const z = (x - loc) / scale;
  return Math.exp(-0.5 * z * z - LN_ROOT) / scale;
}

/**
 * Averages over N(loc, scale²), with z = (x − loc) / scale, of ln p, its slope, z times its slope,
 * and z² times its second derivative.
 */
export function averages(p, loc, scale, rule) {
  const total = { value: 0, slope: 0, stretch: 0, bend: 0 };
  const zeros = p.zeros.map(([re, im]) => [(re - loc) / scale, im / scale]);
  const width = 2 * CUT / PANELS;
  for (let i = 0; i < PANELS; i += 1) {
    addPanel(p, loc, scale, rule, zeros, i * width - CUT, (i + 1) * width - CUT, total);
  }
  return total;
}

function addPanel(p, loc, scale, rule, zeros, low, high, total) {
  const middle = (low + high) / 2;
  for (const [re, im] of zeros) {
    if (Math.hypot(re - low, im) + Math.hypot(re - high, im) < AWAY * (high - low)) {
      addPanel(p, loc, scale, rule, zeros, low, middle, total);
      addPanel(p, loc, scale, rule, zeros, middle, high, total);
      return;
    }
  }
  const half = (high - low) / 2;
  for (const [node, share] of rule) {
    const z = middle + half * node;
    const x = loc + scale * z;
    const mass = half * share * Math.exp(-0.5 * z * z - LN_ROOT);
    const [x1, x2] = [x + p.m, x - p.m];
    const [l1, l2] = [p.top1 - 0.5 * p.d1 * x1 * x1, p.top2 - 0.5 * p.d2 * x2 * x2];
    const less = Math.exp(-Math.abs(l1 - l2));
    const minor = less / (1 + less);
    const r1 = l1 > l2 ? 1 - minor : minor; // share of the first component in p(x)
    const slope = -r1 * p.d1 * x1 - (1 - r1) * p.d2 * x2;
    const turn = p.d2 * x2 - p.d1 * x1;
    total.value += mass * (Math.max(l1, l2) + Math.log1p(less));
    total.slope += mass * slope;
    total.stretch += mass * z * slope;
    total.bend += mass * z * z * (minor * (1 - minor) * turn * turn - r1 * p.d1 - (1 - r1) * p.d2);
  }
}

/** KL(q‖p) in nats, and its slopes and one second derivative in (loc, ln scale). */
export function reverseKl(p, loc, scale, rule = EXACT) {
  const { value, slope, stretch, bend } = averages(p, loc, scale, rule);
  return {
    value: -0.5 - LN_ROOT - Math.log(scale) - value,
    slopes: [-slope, -1 - scale * stretch],
    bend: -scale * (stretch + scale * bend),
  };
}

/** KL(p‖q) in nats, and its slopes in (loc, ln scale): only the entropy of p needs quadrature. */
export function forwardKl(p, loc, scale) {
  const apart = loc - p.mean;
  const ratio = (p.variance + apart * apart) / (scale * scale);
  return {
    value: LN_ROOT + Math.log(scale) + ratio / 2 - p.entropy,
    slopes: [apart / (scale * scale), 1 - ratio],
  };
}
