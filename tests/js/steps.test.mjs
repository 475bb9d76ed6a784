import assert from "node:assert/strict";
import test from "node:test";
import { divergence, gaussian } from "../../klhelpers/live/js/gaussian.js";
import {
  BIJECTORS, gaussianOf, naturalSlopes, optimiser, slopes, startFit, variables,
} from "../../klhelpers/live/js/steps.js";
import { close, slopesOf } from "./close.mjs";

const P = gaussian({ loc: [1, -1], scale: [1, 0.5], correlation: 0.6 });
const Q = {
  isotropic: { loc: [0, 1], tril: [0.7, 0, 0.7] },
  diagonal: { loc: [0, 1], tril: [0.7, 0, 1.3] },
  full: { loc: [0, 1], tril: [0.7, -0.4, 1.3] },
};

for (const [name, { forward, inverse, slope }] of Object.entries(BIJECTORS)) {
  test(`${name} and its inverse cancel, and its slope is the slope`, () => {
    for (const x of [-20, -1, 0, 0.5, 20]) {
      close(inverse(forward(x)), x, 1e-7);
      close(slope(x), slopesOf(([v]) => forward(v), [x])[0], 1e-6);
    }
  });
}

test("Softplus does not overflow", () => {
  const { forward, inverse } = BIJECTORS.Softplus;
  assert.deepEqual([forward(1e4), forward(-1e4), inverse(1e4)], [1e4, 0, 1e4]);
});

for (const family of Object.keys(Q)) {
  for (const bijector of Object.keys(BIJECTORS)) {
    const x = variables(family, bijector, Q[family]);
    test(`${family}, ${bijector}: variables and q cancel`, () => {
      const { loc, tril } = gaussianOf(family, bijector, x);
      close([...loc, ...tril], [...Q[family].loc, ...Q[family].tril]);
      assert.equal(x.length, { isotropic: 3, diagonal: 4, full: 5 }[family]);
    });
    for (const direction of ["reverse", "forward"]) {
      test(`${family}, ${bijector}, ${direction}: slopes are those of the divergence`, () => {
        const at = (y) => divergence(direction, P, gaussianOf(family, bijector, y));
        close(slopes(direction, family, bijector, P, x), slopesOf(at, x), 1e-7);
      });
    }
    test(`${family}, ${bijector}: the natural gradient points downhill`, () => {
      const g = slopes("reverse", family, bijector, P, x);
      const natural = naturalSlopes(family, bijector, x, g);
      assert.ok(natural.reduce((sum, v, i) => sum + v * g[i], 0) > 0);
      assert.deepEqual(naturalSlopes(family, bijector, x, g.map(() => 0)).map(Math.abs), g.map(() => 0));
    });
  }
}

test("a natural step of 1 on reverse KL puts the mean on that of p, where q has p's covariance", () => {
  const x = variables("full", "Exp", { ...P, loc: [4, 4] });
  const next = optimiser("natural gradient", 1, "full", "Exp")(x, slopes("reverse", "full", "Exp", P, x));
  close(next.slice(0, 2), P.loc);
});

const FIT = {
  direction: "reverse", family: "diagonal", bijector: "Exp", optimiser: "Adam", rate: 0.1, p: P,
  start: Q.diagonal,
};

test("a fit that goes on in two parts is the fit in one", () => {
  const [one, two] = [startFit(FIT), startFit(FIT)];
  one.advance(20);
  two.advance(7).advance(13);
  assert.deepEqual(one.loss, two.loss);
  assert.equal(one.q.length, 21);
});

test("no step, or a negative number of them, leaves the start", () => {
  assert.equal(startFit(FIT).advance(0).advance(-5).loss.length, 1);
});

test("a fit that has diverged stays where it was finite", () => {
  const fit = startFit({ ...FIT, direction: "forward", optimiser: "gradient descent", rate: 2,
    start: { loc: [4, 4], tril: [0.02, 0, 0.02] } });
  fit.advance(50);
  const { length } = fit.loss;
  assert.ok(fit.diverged && fit.loss.every(Number.isFinite));
  assert.equal(fit.advance(50).loss.length, length);
});
