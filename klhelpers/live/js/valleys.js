// The least KL for each mean of q, the minima of KL(q‖p), and the basins of a descent's start.
import { dips } from "./basins.js";
import { LINE, rescale } from "./densities.js";
import { set, svg } from "./dom.js";
import { makePlane, pathOf } from "./plane.js";

const TOPS_OF_KL = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const BELOW = 0.17; // part of the axis that lies below zero, for the bands
const DASHES = ["none", "10 4", "2 3", "6 3 2 3"]; // of the bands
const WORDS = [["the only minimum"], ["left", "right"], ["left", "middle", "right"]];

/** What a minimum is called, by its place among all. */
export function minimumName(minima, one) {
  return WORDS[minima.length - 1]?.[minima.indexOf(one)] ?? `number ${minima.indexOf(one) + 1}`;
}

export function makeValleys() {
  const plane = makePlane({
    x: LINE, y: [0, 1], width: 380, height: 262, xlabel: "mean of q", ylabel: "nats",
    title: "Least KL(q‖p), solid; KL(p‖q), dash-dotted",
    label: "For each mean of q, the least KL(q‖p), solid, and KL(p‖q), dash-dotted; below, the "
      + "minimum in which gradient descent on KL(q‖p) ends",
  });
  const curves = {
    forward: svg("path", { class: "kl-line kl-forward" }),
    reverse: svg("path", { class: "kl-line kl-reverse" }),
  };
  const path = svg("path", { class: "kl-line kl-reverse kl-path" });
  const drop = svg("path", { class: "kl-line kl-q" });
  const bands = svg("g", { class: "kl-bands" });
  const marks = svg("g");
  const dot = svg("circle", { r: 6, class: "kl-fill kl-q" });
  const square = svg("rect", { width: 10, height: 10, class: "kl-fill kl-forward" });
  plane.data.append(curves.forward, curves.reverse, path);
  plane.front.append(bands, drop, square, marks, dot);
  const place = (x, y) => [plane.toX(x), plane.toY(Math.min(y, plane.y[1]))];

  /** The curves and the axis, which depend on p alone. */
  function drawCurves(reverse, forward, least) {
    set(curves.reverse, { d: pathOf(reverse) });
    set(curves.forward, { d: pathOf(forward) });
    const values = dips(reverse).map(([, value]) => value);
    const most = 1.5 * Math.max(least[1], ...values, 0.1);
    const top = TOPS_OF_KL.find((one) => one > most) ?? TOPS_OF_KL.at(-1);
    rescale(plane, [-BELOW * top, top]);
    const [x, y] = place(...least);
    set(square, { x: x - 5, y: y - 5 });
    marks.replaceChildren();
  }

  /** Where q is: its mean, and its KL(q‖p), at the edge if it lies beyond. */
  function drawQ(loc, value) {
    const [x, y] = place(loc, value);
    set(dot, { cx: x, cy: y });
    set(drop, { d: `M${x} ${y}V${plane.toY(plane.y[0])}` });
  }

  /** Bands and minima, faint while they are not yet those of the state; the path, if shown. */
  function drawBands(found, fits) {
    for (const node of [bands, marks]) node.classList.toggle("kl-stale", !found);
    path.style.display = found && fits ? "" : "none";
    if (!found) return;
    const [zero, low] = [plane.toY(0), plane.toY(plane.y[0])];
    bands.replaceChildren(...found.bands.flatMap(({ from, to, minimum }, i) => {
      const [x1, x2] = [plane.toX(from), plane.toX(to)];
      const text = minimum ? minimumName(found.minima, minimum) : "no end";
      const dashes = minimum ? DASHES[found.minima.indexOf(minimum) % DASHES.length] : "1 6";
      return [
        svg("path", {
          d: `M${x1} ${zero + 7}H${x2}`, class: "kl-band kl-reverse", "stroke-dasharray": dashes,
        }),
        svg("path", { d: i ? `M${x1} ${plane.toY(plane.y[1])}V${low}` : "", class: "kl-border" }),
        ...(7.2 * text.length < x2 - x1
          ? [svg("text", { x: (x1 + x2) / 2, y: zero + 24, "text-anchor": "middle" }, text)] : []),
      ];
    }));
    marks.replaceChildren(...found.minima.map((one) => {
      const [cx, cy] = place(one.end[0], one.value);
      const filled = fits && one === found.minimum ? "fill" : "mark";
      return svg("circle", { cx, cy, r: 5, class: `kl-${filled} kl-reverse` });
    }));
    set(path, { d: pathOf(found.own.path) });
  }
  return { node: plane.node, drawCurves, drawQ, drawBands };
}
