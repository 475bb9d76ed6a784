// The pictures of a fit: the plane of one direction, and the losses against the step.
import { capital, fixed, set, svg, tell, tellSoon } from "./dom.js";
import { ARROW, DIRECTIONS } from "./gaussian.js";
import { ellipses, makePlane, pathOf, ticks } from "./plane.js";

const FIT_VIEW = [-5, 5];
const LEAST = -10; // the logarithmic axis begins at a gap of 1e-10
const ENOUGH = 1e-3; // nats: the gap that counts
const COLUMNS = 300; // more points than pixels would not be seen

export const stepMark = (direction) => svg("path", {
  class: `kl-dot kl-fill kl-${direction}`,
  d: direction === "reverse" ? "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0" : "M-4.5-4.5h9v9h-9z",
});

/** Without digits that no picture has. */
const visible = (x) => Number(x.toFixed(6));

/** The means of a fit as a path, without points that would not be seen. */
function meansPath(q, last) {
  const points = [q[0].loc];
  for (let i = 1; i <= last; i += 1) {
    const [[x, y], [fromX, fromY]] = [q[i].loc, points.at(-1)];
    const away = Math.abs(x - fromX) + Math.abs(y - fromY);
    if (away > 0.01 || i === last) points.push(q[i].loc.map((v) => Math.max(-99, Math.min(99, v))));
  }
  return pathOf(points);
}

/** p, the start of q, the path of its mean, and q at a step, for one direction. */
export function fitPanel(direction) {
  const plane = makePlane({
    x: FIT_VIEW, y: FIT_VIEW, width: 340, height: 353, xlabel: "x₁", ylabel: "x₂",
    title: `${capital(direction)} ${ARROW[direction]}`,
    label: `${direction}: p, dashed, the start of q, thin, the path of its mean, and q at the step`,
  });
  const line = (more = "") => svg("path", { class: `kl-line kl-${direction} ${more}` });
  const [ghosts, path, mark] = [svg("g"), line(), stepMark(direction)];
  const shapes = {
    p: ellipses("p", [3, 2, 1]), start: ellipses("q kl-start", [1]), q: ellipses(direction, [2, 1]),
  };
  plane.data.append(ghosts, shapes.p.node, shapes.start.node, path, shapes.q.node);
  const fate = svg("text", {
    class: "kl-warning", x: plane.toX(FIT_VIEW[1]) - 6, y: 44, "text-anchor": "end",
  });
  plane.front.append(mark, fate);
  let last = "";
  return {
    plane,
    draw(p, { q, last: end, diverged }, step, changed) {
      tell(fate, diverged ? `diverged at step ${end + 1}` : "");
      shapes.p.draw(p);
      shapes.start.draw(q[0]);
      if (changed) set(path, { d: meansPath(q, end) });
      const now = q[step];
      const wild = [...now.loc, ...now.tril].some((x) => Math.abs(x) > 1e5); // SVG has float32
      shapes.q.node.style.display = wild ? "none" : "";
      if (!wild) shapes.q.draw({ loc: now.loc.map(visible), tril: now.tril.map(visible) });
      const inside = now.loc.every((x) => Math.abs(x) < FIT_VIEW[1]);
      mark.style.display = inside ? "" : "none";
      if (inside) set(mark, { transform: `translate(${plane.toX(now.loc[0])} ${plane.toY(now.loc[1])})` });
    },
    haunt(runs) {
      const seen = runs.filter(({ lines }) => lines[direction]);
      const key = seen.map(({ number }) => number).join();
      if (key === last) return;
      last = key;
      ghosts.replaceChildren(...seen.map(({ lines }) => {
        const node = line("kl-ghost");
        set(node, { d: meansPath(lines[direction].q, lines[direction].last) });
        return node;
      }));
    },
  };
}

const upTo = (value, most) => {
  const [, step] = ticks([0, value], most);
  return Math.ceil(value / step - 1e-9) * step;
};
const power = (n) => (n ? `10${[...String(n)].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻").join("")}` : "1");
/** A number as the label of an axis, for which there is little room. */
const short = (value) => (value < 1e4 ? String(value) : `${value / 1e3}k`);

/** The losses of both directions against the step, on a linear or a logarithmic axis. */
export function fitLosses() {
  const plane = makePlane({
    x: [0, 1], y: [0, 1], width: 360, height: 290, xlabel: "step", ylabel: " ",
    label: "Loss of each direction against the step, with the floor",
  });
  // Pixels serve as the units of the data: the axes change with the fit.
  const [left, top] = [plane.toX(0), plane.toY(1)];
  const [right, bottom] = [plane.toX(1), plane.toY(0)];
  set(plane.data, { viewBox: `${left} ${top} ${right - left} ${bottom - top}` });
  set(plane.node, { viewBox: "-20 0 388 290" }); // room for powers of ten
  set(plane.ylabel, { transform: `translate(-6 ${(top + bottom) / 2}) rotate(-90)` });
  const ghosts = svg("g");
  const numbers = svg("g", { "aria-hidden": "true" });
  const least = svg("path", { class: "kl-floor" });
  const leastText = svg("text", { x: right - 4, "text-anchor": "end" });
  plane.data.append(ghosts, least);
  plane.front.append(numbers, leastText);
  const drawn = Object.fromEntries(DIRECTIONS.map((direction) => {
    const path = svg("path", { class: `kl-line kl-${direction}` });
    const end = svg("path", { class: `kl-end kl-line kl-${direction}`, d: "M-5-5L5 5M-5 5L5-5" });
    const mark = stepMark(direction);
    plane.data.append(path);
    plane.front.append(mark, end);
    return [direction, { path, end, mark }];
  }));

  let log = false;
  const height = (loss, floor) => {
    const value = log ? Math.log10(Math.max(loss - floor, 10 ** LEAST)) : loss;
    return Math.max(top - 20, plane.toY(value)); // what is far above is cut off
  };

  /** The curve: of the steps in one column of pixels the least and the greatest are drawn. */
  function curve({ loss, last }, floor) {
    const stride = Math.ceil((last + 1) / COLUMNS);
    let d = "";
    const add = (i) => {
      d += `${d ? "L" : "M"}${plane.toX(i).toFixed(1)} ${height(loss[i], floor).toFixed(1)}`;
    };
    for (let from = 0; from <= last; from += stride) {
      let [low, high] = [from, from];
      for (let i = from; i < from + stride && i <= last; i += 1) {
        if (loss[i] < loss[low]) low = i;
        if (loss[i] > loss[high]) high = i;
      }
      add(Math.min(low, high));
      if (low !== high) add(Math.max(low, high));
    }
    return d;
  }

  /** Choose ranges that hold all runs; a loss that grows far above its start leaves the picture. */
  function scale(runs) {
    const times = log ? 1e3 : 4;
    const tops = runs.flatMap(({ lines, floor }) => Object.values(lines).map(({ loss, last }) => {
      let most = 0;
      for (let i = 0; i <= last; i += 1) most = Math.max(most, loss[i]);
      return Math.min(most, times * loss[0] + 1) - (log ? floor : 0);
    }));
    const most = Math.max(...tops, 1e-3);
    const range = log ? [LEAST, Math.ceil(Math.log10(most))] : [0, upTo(Math.max(most, 0.1), 6)];
    const steps = upTo(Math.max(10, ...runs.map(({ taken }) => taken)), 6);
    const key = `${log} ${range} ${steps}`;
    if (key === plane.key) return false;
    plane.key = key;
    plane.scaleX([0, steps]);
    const marks = log ? ticks(range, 8).filter(Number.isInteger) : ticks(range, 6);
    plane.scaleY(range, marks.map((v) => [v, log ? power(v) : short(v)]));
    tell(plane.ylabel, log ? "gap (loss − floor) in nats" : "loss in nats");
    return true;
  }

  let last = "";
  return {
    node: plane.node,
    draw(run, runs, logarithmic, step) {
      log = logarithmic;
      const scaled = scale([run, ...runs]);
      const { lines, floor } = run;
      const y = plane.toY(log ? Math.log10(ENOUGH) : floor);
      set(least, { d: `M${left} ${y}H${right}` });
      tellSoon(leastText, log ? "gap 0.001" : `floor ${fixed(floor, 4)}`);
      set(leastText, { y: y > top + 30 ? y - 5 : y + 15 });
      for (const direction of DIRECTIONS) {
        const { path, end, mark } = drawn[direction];
        const line = lines[direction];
        for (const node of [path, mark]) node.style.display = line ? "" : "none";
        end.style.display = line?.diverged ? "" : "none";
        if (!line) continue;
        if (run.changed || scaled) set(path, { d: curve(line, floor) });
        const place = (i) => `translate(${plane.toX(i)} ${Math.max(top, height(line.loss[i], floor))})`;
        set(mark, { transform: place(Math.min(step, line.last)) });
        if (line.diverged) set(end, { transform: place(line.last) });
      }
      const key = runs.map(({ number }) => number).join();
      if (key === last && !scaled) return;
      last = key;
      ghosts.replaceChildren();
      numbers.replaceChildren();
      const taken = []; // places of numbers: where all others are near, a run has none
      for (const one of runs) {
        for (const [direction, line] of Object.entries(one.lines)) {
          ghosts.append(svg("path", {
            class: `kl-line kl-ghost kl-${direction}`, d: curve(line, one.floor),
          }));
          for (let part = 0.05; part < 0.65; part += 0.05) {
            const at = Math.round(line.last * part);
            const x = plane.toX(at) + 3;
            const y = Math.max(top + 12, height(line.loss[at], one.floor) - 4);
            if (taken.every(([a, b]) => Math.hypot(a - x, b - y) > 20)) {
              taken.push([x, y]);
              numbers.append(svg("text", { x, y }, String(one.number)));
              break;
            }
          }
        }
      }
    },
  };
}
