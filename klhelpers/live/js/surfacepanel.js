// One divergence over the mean and the log scale of q: contours, optimum, start, path, a step.
import { capital, clamp, fixed, html, nats, set, svg, tell, tellSoon } from "./dom.js";
import { stepMark } from "./fitviews.js";
import { ARROW } from "./gaussian.js";
import { addHandle } from "./handles.js";
import { levelCurve } from "./line.js";
import { makePlane, pathOf } from "./plane.js";

export const LEVELS = [0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12, 25, 50, 100, 200];
const MEAN_RANGE = [-4, 4];
export const LOG_SCALES = [-2, 2];
const BEYOND = [-2.2, 2.2]; // curves end out of sight
const FAR_AWAY = [-1e6, 1e6]; // browsers draw in single precision
const NUDGE = 0.05;

/** Whether a point does not lie in the picture. */
const outside = ([m, l]) => Math.abs(m) > MEAN_RANGE[1] || Math.abs(l) > LOG_SCALES[1];

/** `now` returns the fit and the step to be shown. */
export function surfacePanel(figure, direction, now) {
  const { state } = figure;
  const plane = makePlane({
    x: MEAN_RANGE, y: LOG_SCALES, width: 340, height: 330,
    xlabel: "mean of q", ylabel: "log scale of q",
    title: `${capital(direction)} ${ARROW[direction]}`,
    label: `Contours of ${ARROW[direction]} over the mean and the log scale of q, and a path`,
  });
  const ground = makeGround(plane, direction);
  const path = svg("path", { class: `kl-line kl-${direction}` });
  plane.data.append(path);
  const best = svg("path", { class: "kl-best", d: "M-6-6L6 6M-6 6L6-6" });
  const dot = stepMark(direction);
  const warning = svg("text", {
    class: "kl-warning", x: plane.toX(MEAN_RANGE[1]) - 6, y: 44, "text-anchor": "end",
  });
  plane.front.append(best, warning);
  const startHandle = addStart(figure, plane, direction);
  plane.front.append(dot);
  const at = (node, [m, l]) => set(node, {
    transform: `translate(${plane.toX(m)} ${plane.toY(l)})`,
  });
  const words = html("p", { class: "kl-reading" });

  let [surface, drawn] = [0, null];
  figure.updates.push(startHandle, () => {
    const sigma = state.get("scale_p");
    if (sigma !== surface) {
      surface = sigma;
      ground(sigma);
      at(best, [0, Math.log(sigma)]);
    }
    const [fit, step] = now();
    if (fit !== drawn) {
      drawn = fit;
      set(path, { d: pathOf(fit.x.map((x) => x.map((v) => clamp(v, FAR_AWAY)))) });
      tell(warning, fate(fit));
    }
    const t = Math.min(step, fit.x.length - 1);
    const away = outside(fit.x[t]);
    dot.style.display = away ? "none" : "";
    if (!away) at(dot, fit.x[t]);
    tellSoon(words, reading(direction, fit, t, away));
  });
  return html("div", { class: "kl-picture" }, plane.node, words);
}

/** What the picture cannot show of a path. */
function fate({ x, diverged }) {
  if (diverged) return `diverges after step ${x.length - 1}`;
  const t = x.findIndex(outside);
  return t < 0 ? "" : `leaves the picture at step ${t}`;
}

function reading(direction, { x, loss, diverged }, t, away) {
  const last = diverged && t === x.length - 1 ? "; the next step diverges" : "";
  return `Step ${t}: ${ARROW[direction]} = ${nats(loss[t])} nats at mean ${fixed(x[t][0])}, `
    + `log scale ${fixed(x[t][1])}${away ? " (outside the picture)" : ""}${last}.`;
}

/** Shade and contours; returns the function that draws them for a σ. */
function makeGround(plane, direction) {
  const shade = svg("path", { class: "kl-shade" });
  const curves = LEVELS.map((_, i) => svg("path", {
    class: "kl-contour", "stroke-width": (1.9 - i * 0.1).toFixed(1),
  }));
  plane.data.append(shade, ...curves);
  const [left, right] = MEAN_RANGE;
  const [low, high] = LOG_SCALES;
  return (sigma) => {
    if (direction === "forward") {
      set(shade, {
        d: `M${left} ${low}H${-sigma}V${high}H${left}zM${sigma} ${low}H${right}V${high}H${sigma}z`,
      });
    }
    curves.forEach((node, i) => {
      const points = levelCurve(direction, sigma, LEVELS[i], BEYOND);
      set(node, { d: points.length ? `${pathOf(points)}z` : "" });
    });
  };
}

function addStart(figure, plane, direction) {
  const { state } = figure;
  const move = ([m, l]) => {
    const limited = clamp(l, LOG_SCALES);
    const stopped = figure.toward({ start: [m, limited] });
    if (limited !== l && !stopped) {
      figure.say(`The log scale of the start stops at ${String(limited).replace("-", "−")}.`);
    }
  };
  return addHandle(plane, {
    name: `Start, on the surface of ${ARROW[direction]}`,
    kind: "q", size: 7, range: MEAN_RANGE, move,
    at: () => state.get("start"),
    nudge: ([dx, dy]) => {
      const [m, l] = state.get("start");
      move([m, l].map((x, i) => Number((x + [dx, dy][i] * NUDGE).toFixed(6))));
    },
    value: () => {
      const [m, l] = state.get("start").map((x) => fixed(x).replace("−", "-"));
      return [m, `mean ${m}, log scale ${l}`];
    },
  });
}
