// The densities of a mixture p and of a Gaussian q on the line, with the handles that change them.
import { fixed, set, svg } from "./dom.js";
import { addHandle, apart } from "./handles.js";
import { density } from "./mixture.js";
import { makePlane, pathOf, ticks } from "./plane.js";

export const LINE = [-8, 8];
const TOPS = [0.5, 1, 2, 4.2]; // ends of the axis: one of them holds all peaks
const PEAK = density(0, 0, 1);

/** Give a plane another vertical range; its ticks start from zero. */
export function rescale(plane, [low, high]) {
  if (plane.y[0] === low && plane.y[1] === high) return;
  set(plane.data, { viewBox: `${plane.x[0]} ${-high} ${plane.x[1] - plane.x[0]} ${high - low}` });
  plane.scaleY([low, high], ticks([0, high], 4).map((value) => [value, String(value)]));
}

/** A bell that is moved by its transform. */
function bell(className) {
  const points = Array.from({ length: 91 }, (_, i) => [i / 10 - 4.5, density(i / 10 - 4.5, 0, 1)]);
  const node = svg("path", { class: `kl-line ${className}`, d: pathOf(points) });
  return {
    node,
    draw: ([loc, scale], weight = 1) => set(node, {
      transform: `matrix(${scale} 0 0 ${weight / scale} ${loc} 0)`,
    }),
  };
}

/**
 * The picture; `draw` is told the fits to show, by direction: [loc, scale] each, or nothing. While
 * the state is moving the axis may grow, but not shrink, so that handles stay under the hand.
 */
export function makeDensities(figure) {
  const { state } = figure;
  const plane = makePlane({
    x: LINE, y: [0, 0.4], width: 380, height: 216, xlabel: "x", ylabel: "density",
    title: "p, dashed, and q, solid", label: "Densities of p, dashed, and of q, solid",
  });
  const parts = [bell("kl-p kl-part"), bell("kl-p kl-part")];
  const fits = { reverse: bell("kl-reverse"), forward: bell("kl-forward") };
  const target = svg("path", { class: "kl-line kl-p kl-level2" });
  const q = bell("kl-q kl-level2");
  plane.data.append(
    ...parts.map((one) => one.node), target, fits.forward.node, fits.reverse.node, q.node,
  );

  // Mean, scale and weight of what stands under a handle, and the side of its shoulder.
  const left = () => {
    const { weight, distance, scale_1: scale } = state.values;
    return { loc: -distance, scale, weight, side: -1 };
  };
  const right = () => {
    const { weight, distance, scale_2: scale } = state.values;
    return { loc: distance, scale, weight: 1 - weight, side: 1 };
  };
  const own = () => {
    const { loc, scale } = state.values;
    return { loc, scale, weight: 1, side: loc > 0 ? -1 : 1 };
  };
  const height = ({ scale, weight }, z) => weight * PEAK * Math.exp(-0.5 * z * z) / scale;

  function peakHandle(name, kind, of, range, write) {
    return addHandle(plane, {
      name: `Mean of ${name}`, kind, range,
      at: () => [of().loc, height(of(), 0)],
      move: ([x]) => write(x),
      nudge: ([dx, dy]) => write(of().loc + (dx + dy) / 20),
      value: () => [of().loc.toFixed(2), fixed(of().loc)],
    });
  }
  function shoulderHandle(name, kind, of, quantity) {
    const write = (scale) => figure.toward({ [quantity]: scale });
    // The handle of a narrow peak lies apart from that of its mean, too.
    const at = (far) => [of().loc + of().side * far, height(of(), 1)];
    return addHandle(plane, {
      name: `Standard deviation of ${name}`, kind, size: 5, range: state.rules[quantity].range,
      stem: true,
      at: () => at(of().scale + apart(plane)),
      around: () => at(0),
      move: ([x]) => write((x - of().loc) * of().side - apart(plane)),
      nudge: ([dx, dy]) => write(of().scale + (dx + dy) / 50),
      value: () => [of().scale.toFixed(2), fixed(of().scale)],
    });
  }
  const { range } = state.rules.distance;
  const to = (patch) => figure.toward(patch);
  const handles = [
    shoulderHandle("the left component", "p", left, "scale_1"),
    shoulderHandle("the right component", "p", right, "scale_2"),
    shoulderHandle("q", "q", own, "scale"),
    peakHandle("the left component", "p", left, [-range[1], 0], (x) => to({ distance: -x })),
    peakHandle("the right component", "p", right, range, (x) => to({ distance: x })),
    peakHandle("q", "q", own, state.rules.loc.range, (x) => to({ loc: x })),
  ];

  let drawn;
  function draw(p, shown, moving) {
    const all = [left(), right(), own()];
    const peaks = all.map((one) => height(one, 0));
    if (p !== drawn) {
      drawn = p;
      all.slice(0, 2).forEach(({ loc, scale, weight }, i) => parts[i].draw([loc, scale], weight));
      const points = [];
      for (let x = LINE[0]; x <= LINE[1]; x += 1 / 16) {
        const first = p.weight * density(x, -p.m, p.s1);
        points.push([x, first + (1 - p.weight) * density(x, p.m, p.s2)]);
      }
      set(target, { d: pathOf(points) });
      drawn.peak = Math.max(...points.map(([, y]) => y));
    }
    q.draw([all[2].loc, all[2].scale]);
    for (const direction in fits) {
      const fit = shown[direction];
      fits[direction].node.style.display = fit ? "" : "none";
      if (fit) {
        fits[direction].draw(fit);
        peaks.push(PEAK / fit[1]);
      }
    }
    const most = 1.04 * Math.max(p.peak, ...peaks);
    const top = TOPS.find((one) => one > most) ?? TOPS.at(-1);
    rescale(plane, [0, moving ? Math.max(top, plane.y[1]) : top]);
    for (const update of handles) update();
  }
  return { node: plane.node, draw };
}
