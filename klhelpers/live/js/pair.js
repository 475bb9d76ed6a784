// Two Gaussians: both divergences of the q that you hold, their floors, their optima.
import { button, numberSlider, tick } from "./controls.js";
import { fixed, html, nats, set, svg, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { ARROW, described, DIRECTIONS, divergence, floor, optimum } from "./gaussian.js";
import { addHands, checkFamily, familyChoice, gaussianIn, handNumbers, heldAxes } from "./hands.js";
import { ellipses, makePlane, ticks } from "./plane.js";

const VIEW = [-5, 5];
const MOST = 4; // nats at the end of the bars' axis

export function pairFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values, checkFamily);
  const { state } = figure;
  const plane = makePlane({
    x: VIEW, y: VIEW, width: 380, height: 375, xlabel: "x₁", ylabel: "x₂",
    label: "p, dashed, and q, solid, as contours of 1, 2 and 3 standard deviations",
  });
  const drawn = {
    p: ellipses("p", [3, 2, 1]), q: ellipses("q", [3, 2, 1]),
    reverse: ellipses("reverse", [1]), forward: ellipses("forward", [1]),
  };
  plane.data.append(drawn.p.node, drawn.reverse.node, drawn.forward.node, drawn.q.node);

  const of = (letter) => gaussianIn(state, letter);
  for (const letter of ["p", "q"]) addHands(figure, plane, letter, heldAxes(figure, letter));

  const bars = makeBars();
  const best = (direction) => () => {
    const { loc, scale, correlation } = described(optimum(direction, state.get("family"), of("p")));
    figure.toward({ loc_q: loc, scale_q: scale, correlation_q: correlation });
  };
  figure.parts.push(
    html("div", { class: "kl-row" },
      html("div", { class: "kl-picture" }, plane.node),
      html("div", { class: "kl-side" },
        bars.node,
        numberSlider(figure, "correlation_p", { text: fixed, step: 0.01 }),
        html("div", { class: "kl-bar" },
          figure.add(familyChoice(state)),
          button("Best q for reverse", best("reverse"), { class: "kl-reverse" }),
          button("Best q for forward", best("forward"), { class: "kl-forward" }),
          ...lastButtons(figure, id),
          figure.add(tick(state, "optima"))),
        figure.add(handNumbers(figure)))),
  );

  figure.updates.push(() => {
    const [p, q, family] = [of("p"), of("q"), state.get("family")];
    drawn.p.draw(p);
    drawn.q.draw(q);
    for (const direction of DIRECTIONS) {
      drawn[direction].node.style.display = state.get("optima") ? "" : "none";
      if (state.get("optima")) drawn[direction].draw(optimum(direction, family, p));
    }
    const least = floor(family, p);
    const value = Object.fromEntries(DIRECTIONS.map((d) => [d, divergence(d, p, q)]));
    for (const direction of DIRECTIONS) bars.draw(direction, value[direction], least);
    tellSoon(figure.sentence, sentence(value, least, family));
  });
  return figure;
}

function sentence({ reverse, forward }, least, family) {
  const ratio = Math.exp(reverse);
  const dense = ratio < 1e4 ? fixed(ratio, ratio < 10 ? 2 : 0) : `e^${fixed(reverse, 1)}`;
  const article = family === "isotropic" ? "an" : "a";
  const unavoidable = family === "full"
    ? "A full q can avoid all of it."
    : `Of each, ${nats(least)} cannot be avoided by ${article} ${family} q.`;
  return `Averaged over q, ln q − ln p is ${nats(reverse)} nats: the geometric mean of q/p under q is `
    + `${dense}. KL(q‖p) = ${nats(reverse)} nats, KL(p‖q) = ${nats(forward)} nats. ${unavoidable}`;
}

/** A bar for each direction: the floor, if it is known, and above it the gap. */
export function makeBars() {
  const [width, left, right, row] = [340, 6, 20, 50];
  const x = (value) => left + Math.min(value, MOST) / MOST * (width - left - right);
  const node = svg("svg", { viewBox: `0 0 ${width} ${2 * row + 44}`, role: "img" });
  const axis = svg("g", { class: "kl-axes" }, svg("path", { d: `M${left} ${2 * row + 4}H${x(MOST)}` }));
  for (const value of ticks([0, MOST], 4)) {
    axis.append(svg("path", { d: `M${x(value)} ${2 * row + 4}v4` }),
      svg("text", { x: x(value), y: 2 * row + 21, "text-anchor": "middle" }, String(value)));
  }
  axis.append(svg("text", { x: x(MOST / 2), y: 2 * row + 38, "text-anchor": "middle" }, "nats"));
  node.append(axis);
  const rows = {};
  const said = {};
  DIRECTIONS.forEach((direction, i) => {
    const top = i * row;
    const text = svg("text", { x: left, y: top + 16 });
    const bar = svg("rect", { x: left, y: top + 23, height: 16, class: `kl-fill kl-${direction}` });
    const mark = svg("path", { class: "kl-floor" });
    const beyond = svg("path", { d: `M${x(MOST)} ${top + 23}l12 8l-12 8z`, class: `kl-fill kl-${direction}` });
    node.append(text, bar, mark, beyond);
    rows[direction] = (value, least) => {
      const known = least === undefined ? "" : `: floor ${nats(least)}, gap ${nats(value - least)}`;
      said[direction] = `${ARROW[direction]} = ${nats(value)}${known}`;
      tellSoon(text, said[direction]);
      set(bar, { width: x(value) - left });
      set(mark, { d: known && `M${x(least)} ${top + 20}v22` });
      beyond.style.display = value > MOST ? "" : "none";
      set(node, { "aria-label": `${Object.values(said).join("; ")}; in nats.` });
    };
  });
  return { node, draw: (direction, value, least) => rows[direction](value, least) };
}
