// One Gaussian for two modes: both divergences, and the minimum in which reverse KL ends.
import { basins, DESCENT, dips, profile } from "./basins.js";
import { button, numberFields, numberSlider, tick } from "./controls.js";
import { makeDensities } from "./densities.js";
import { fixed, html, nats, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { forwardKl, mixture, reverseKl } from "./mixture.js";
import { makeBars } from "./pair.js";
import { COUNTS } from "./state.js";
import { makeValleys, minimumName } from "./valleys.js";

const REST = 120; // ms after the last change, before the basins are computed
const SLICE = 8; // ms of computing, before the page gets its turn
const METHOD = "Quadrature error: below 10⁻⁸ nats. Curves: the least KL over the standard "
  + "deviation of q. Bands: the minimum in which gradient descent on KL(q‖p) ends, started from that "
  + "mean and the present standard deviation. Descent: in the mean and the log of the standard "
  + `deviation, rate ${DESCENT.rate}, until a step is shorter than 10⁻⁶, at most ${DESCENT.most} `
  + "steps; a step that would raise KL(q‖p) is halved.";

/** Run a generator in short slices after a rest; a new one takes the place of the last. */
function makeRunner(finish) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  const start = (job, rest) => {
    stop();
    const slice = () => {
      const until = performance.now() + SLICE;
      let step;
      do step = job.next(); while (!step.done && performance.now() < until);
      if (step.done) finish(step.value);
      else timer = setTimeout(slice);
    };
    timer = setTimeout(slice, rest);
  };
  return { start, stop };
}

export function modesFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values);
  const { state } = figure;
  const { range } = rules.loc;
  const densities = makeDensities(figure);
  const valleys = makeValleys();
  const bars = makeBars();
  let [p, known, job] = [null, "", ""]; // the target, and what it and the job were made for
  let found = null; // what the job found for the present state

  const runner = makeRunner((result) => {
    found = result;
    const ends = found.minima.map((one) => one.value);
    if (ends.length) p.least = Math.min(...ends);
    figure.update();
  });
  const begin = (rest) => runner.start(
    basins(p, state.get("loc"), state.get("scale"), range, p.seeds), rest,
  );
  figure.ends.push(runner.stop);

  const numbers = numberFields(state, ["weight", "distance", "scale_1", "scale_2", "loc", "scale"]);
  figure.parts.push(
    html("div", { class: "kl-row" },
      html("div", { class: "kl-picture" }, densities.node, valleys.node),
      html("div", { class: "kl-side" },
        bars.node,
        numberSlider(figure, "weight", { text: fixed, step: 0.01 }),
        html("div", { class: "kl-bar" },
          button("Fit from this q", () => {
            if (!found) begin(0);
            state.set({ fits: true });
          }),
          ...lastButtons(figure, id),
          figure.add(tick(state, "fits"))),
        figure.add(numbers),
        html("p", { class: "kl-method" }, METHOD))),
  );

  /** p with all that depends on it alone; the same object as long as p is the same. */
  function target() {
    const { weight: w, distance, scale_1: s1, scale_2: s2 } = state.values;
    const key = `${w} ${distance} ${s1} ${s2}`;
    if (key === known) return;
    known = key;
    p = mixture(state.values);
    p.moments = [p.mean, Math.sqrt(p.variance)];
    p.forward = forwardKl(p, ...p.moments).value;
    const curve = profile(p, range);
    p.seeds = dips(curve).map(([loc, , scale]) => [loc, scale]);
    const best = (loc) => forwardKl(p, loc, Math.hypot(p.moments[1], loc - p.mean)).value;
    valleys.drawCurves(curve, curve.map(([loc]) => [loc, best(loc)]), [p.mean, p.forward]);
  }

  figure.updates.push(() => {
    const { loc, scale, fits } = state.values;
    target();
    const key = `${known} ${loc} ${scale}`;
    if (key !== job) {
      [job, found] = [key, null];
      begin(REST);
    }
    const value = {
      reverse: reverseKl(p, loc, scale).value, forward: forwardKl(p, loc, scale).value,
    };
    bars.draw("reverse", value.reverse, p.least);
    bars.draw("forward", value.forward, p.forward);
    densities.draw(p, fits ? { reverse: found?.own.end, forward: p.moments } : {}, !found);
    valleys.drawQ(loc, value.reverse);
    valleys.drawBands(found, fits);
    tellSoon(figure.sentence, modesSentence(value, p, found));
  });
  return figure;
}

function modesSentence({ reverse, forward }, p, found) {
  const now = `KL(q‖p) = ${nats(reverse)} nats, KL(p‖q) = ${nats(forward)} nats.`;
  const at = ([loc, scale], value) => `mean ${fixed(loc)}, standard deviation ${fixed(scale)}, `
    + `${nats(value)} nats`;
  const single = "KL(p‖q) has a single minimum, at the mean and the variance of p: "
    + `${at(p.moments, p.forward)}.`;
  if (!found) return `${now} Let go to see where gradient descent on KL(q‖p) ends. ${single}`;
  const { own, minimum, minima } = found;
  const steps = own.path.length - 1;
  if (!minimum) {
    return `${now} Gradient descent on KL(q‖p) has not converged after ${steps} steps; it is at `
      + `${at(own.end, own.value)}. ${single}`;
  }
  const which = minima.length === 1 ? "the only minimum found"
    : `the ${minimumName(minima, minimum)} one of ${COUNTS[minima.length]} minima found`;
  return `${now} From this q, ${steps} steps of gradient descent on KL(q‖p) end in ${which}: `
    + `${at(own.end, own.value)}. ${single}`;
}
