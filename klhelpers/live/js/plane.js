// A coordinate system with axes and labels, as SVG.
import { set, svg } from "./dom.js";

const SIDES = { left: 45, right: 8, top: 8, bottom: 40 };

/** Evenly spaced ticks with round steps. */
export function ticks([low, high], most = 6) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i += 1) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

/**
 * Axes over the ranges x and y, `width` × `height` pixels with the labels.
 * `data` is a group in data units; `front` lies above it and is in pixels.
 */
export function makePlane({ x, y, width, height, xlabel = "", ylabel = "", title = "", yticks, label }) {
  const { left, right, bottom } = SIDES;
  const top = title ? 26 : SIDES.top;
  const w = width - left - right;
  const h = height - top - bottom;
  const node = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  const plane = {
    node, width, height, x: [...x], y: [...y],
    toX: (v) => left + (v - plane.x[0]) / (plane.x[1] - plane.x[0]) * w,
    toY: (v) => top + (plane.y[1] - v) / (plane.y[1] - plane.y[0]) * h,
    fromX: (v) => plane.x[0] + (v - left) / w * (plane.x[1] - plane.x[0]),
    fromY: (v) => plane.y[1] - (v - top) / h * (plane.y[1] - plane.y[0]),
  };
  const axes = svg("g", { class: "kl-axes", "aria-hidden": "true" });
  plane.xaxis = svg("g");
  plane.yaxis = svg("g");
  plane.ylabel = svg("text", {
    transform: `translate(13 ${top + h / 2}) rotate(-90)`, "text-anchor": "middle",
  }, ylabel);
  axes.append(
    plane.xaxis,
    plane.yaxis,
    svg("rect", { x: left, y: top, width: w, height: h }),
    svg("text", { x: left + w / 2, y: height - 4, "text-anchor": "middle" }, xlabel),
    plane.ylabel,
    svg("text", { x: left + w / 2, y: 16, "text-anchor": "middle", class: "kl-title" }, title),
  );
  /** Label the horizontal axis anew, over another range. */
  plane.scaleX = (range) => {
    if (plane.xaxis.firstChild && `${range}` === `${plane.x}`) return;
    plane.x = [...range];
    plane.xaxis.replaceChildren(...ticks(range).flatMap((value) => [
      svg("path", { d: `M${plane.toX(value)} ${top + h}v4` }),
      svg("text", {
        x: plane.toX(value), y: top + h + 17, "text-anchor": "middle",
      }, String(value).replace("-", "−")),
    ]));
  };
  plane.scaleX(x);
  /** Label the vertical axis anew: pairs of a value and its text. */
  plane.scaleY = (range, labels) => {
    plane.y = [...range];
    plane.yaxis.replaceChildren(...labels.flatMap(([value, text]) => [
      svg("path", { d: `M${left} ${plane.toY(value)}h-3` }),
      svg("text", {
        x: left - 5, y: plane.toY(value) + 4, "text-anchor": "end",
      }, text.replace("-", "−")),
    ]));
  };
  plane.scaleY(y, yticks ?? ticks(y).map((value) => [value, String(value)]));
  // Data units: a stroke keeps its width, whatever the transformation.
  const clip = svg("svg", {
    x: left, y: top, width: w, height: h,
    viewBox: `${x[0]} ${-y[1]} ${x[1] - x[0]} ${y[1] - y[0]}`, preserveAspectRatio: "none",
    class: "kl-data",
  });
  plane.data = clip;
  plane.front = svg("g");
  node.append(axes, clip, plane.front);
  return plane;
}

/** Contours of a Gaussian at some numbers of standard deviations. */
export function ellipses(kind, radii) {
  const shape = svg("g", { class: `kl-line kl-${kind}` },
    ...radii.map((r, i) => svg("circle", { r, class: `kl-level${i}` })));
  let last = "";
  return {
    node: shape,
    draw({ loc, tril: [a, b, c] }) {
      const matrix = `matrix(${a} ${-b} 0 ${c} ${loc[0]} ${-loc[1]})`;
      if (matrix !== last) set(shape, { transform: matrix });
      last = matrix;
    },
  };
}

/** The d of a path through points [x, y] in the units of `data`. */
export function pathOf(points) {
  let d = "";
  for (const [x, y] of points) d += `${d ? "L" : "M"}${x.toPrecision(6)} ${(-y).toPrecision(6)}`;
  return d;
}
