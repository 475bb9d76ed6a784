// Two Gaussians: both divergences of the q that you hold, their floors, their optima.
import { HeldAxes } from "./axes.js";
import { button, choice, numberFields, tick } from "./controls.js";
import { fixed, html, nats, set, svg, tell } from "./dom.js";
import { Figure, linkButton } from "./figure.js";
import { described, DIRECTIONS, divergence, floor, gaussian, optimum } from "./gaussian.js";
import { addHandle } from "./handles.js";
import { ellipses, makePlane, ticks } from "./plane.js";

const VIEW = [-5, 5];
const MOST = 4; // nats at the end of the bars' axis
const ARROW = { reverse: "KL(q‖p)", forward: "KL(p‖q)" };
const FAR = { p: 2, q: 1.5 }; // standard deviations from the mean to the handles of the axes
const APART = 0.45; // and this much further, so that those of a narrow q can be told apart
const TURN = Math.PI / 180;

/** What is wrong with valid values that do not go together. */
export function checkPair({ family, scale_q: [s1, s2], correlation_q: r }) {
  if (family !== "full" && r !== 0) return `correlation_q must be 0 for a q that is ${family}`;
  if (family === "isotropic" && s1 !== s2) return "scale_q must be two equal numbers for a q that is isotropic";
  return "";
}

/** q as the family allows it: what of it can stay, stays. */
function projected(family, scale, correlation) {
  if (family === "full") return { scale_q: scale, correlation_q: correlation };
  if (family === "diagonal") return { scale_q: scale, correlation_q: 0 };
  const mean = Math.sqrt(scale[0] * scale[1]);
  return { scale_q: [mean, mean], correlation_q: 0 };
}

export function pairFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values, checkPair);
  const { state } = figure;
  const plane = makePlane({
    x: VIEW, y: VIEW, width: 380, height: 378, xlabel: "x₁", ylabel: "x₂",
    label: "p, dashed, and q, solid, as contours of 1, 2 and 3 standard deviations",
  });
  const drawn = {
    p: ellipses("p", [3, 2, 1]), q: ellipses("q", [3, 2, 1]),
    reverse: ellipses("reverse", [1]), forward: ellipses("forward", [1]),
  };
  plane.data.append(drawn.p.node, drawn.reverse.node, drawn.forward.node, drawn.q.node);

  const of = (letter) => gaussian({
    loc: state.get(`loc_${letter}`), scale: state.get(`scale_${letter}`),
    correlation: state.get(`correlation_${letter}`),
  });
  const held = {};
  for (const letter of ["p", "q"]) {
    const straight = () => letter === "q" && state.get("family") !== "full";
    const round = () => letter === "q" && state.get("family") === "isotropic";
    held[letter] = new HeldAxes(
      () => ({
        scale: state.get(`scale_${letter}`), correlation: state.get(`correlation_${letter}`),
        straight: straight(), round: round(),
      }),
      ({ scale, correlation }) => figure.toward({
        [`scale_${letter}`]: scale, [`correlation_${letter}`]: correlation,
      }),
    );
    for (const i of [0, 1]) figure.updates.push(axisHandle(letter, i, held[letter], round));
    figure.updates.push(meanHandle(letter));
  }

  function meanHandle(letter) {
    const name = `loc_${letter}`;
    return addHandle(plane, {
      name: `Mean of ${letter}`, kind: letter, size: letter === "p" ? 8 : 6, range: state.rules[name].range,
      at: () => state.get(name),
      move: (point) => figure.toward({ [name]: point }),
      nudge: ([dx, dy]) => {
        const [x, y] = state.get(name);
        figure.toward({ [name]: [x + dx / 20, y + dy / 20] });
      },
      value: () => {
        const [x, y] = state.get(name);
        return [fixed(x), `${fixed(x)} and ${fixed(y)}`].map((text) => text.replace("−", "-"));
      },
    });
  }

  function axisHandle(letter, i, axes, round) {
    const loc = () => state.get(`loc_${letter}`);
    const angle = () => axes.now.tilt + i * Math.PI / 2;
    const update = addHandle(plane, {
      name: `Axis ${i + 1} of ${letter}`, kind: letter, size: 5, range: state.rules[`scale_${letter}`].range,
      at: () => axes.end(loc(), i, FAR[letter], APART),
      move: ([x, y]) => {
        const [dx, dy] = [x - loc()[0], y - loc()[1]];
        const straight = letter === "q" && state.get("family") !== "full";
        const length = straight ? Math.abs(i ? dy : dx) : Math.hypot(dx, dy);
        axes.set(i, (length - APART) / FAR[letter], Math.atan2(dy, dx));
      },
      nudge: ([dx, dy]) => axes.set(i, axes.now.lengths[i] + dy / 50, angle() - dx * TURN),
      value: () => {
        const { lengths, tilt } = axes.now;
        const turned = ((tilt + i * Math.PI / 2) / TURN % 180 + 180) % 180;
        const length = fixed(lengths[i]);
        return [length, `length ${length}, direction ${fixed(turned, 0)} degrees`];
      },
    });
    const node = plane.front.lastChild;
    return () => {
      node.style.display = round() && i ? "none" : "";
      update();
    };
  }

  const bars = makeBars();
  const families = choice(state, "family", (family) => state.set({
    family, ...projected(family, state.get("scale_q"), state.get("correlation_q")),
  }));
  const best = (direction) => () => {
    const { loc, scale, correlation } = described(optimum(direction, state.get("family"), of("p")));
    figure.toward({ loc_q: loc, scale_q: scale, correlation_q: correlation });
  };
  const numbers = numberFields(
    state, ["loc_p", "scale_p", "correlation_p", "loc_q", "scale_q", "correlation_q"],
    (text) => figure.say(text),
    (patch) => {
      const scale = patch.scale_q;
      const round = scale && state.get("family") === "isotropic";
      const changed = round && scale.find((s, i) => s !== state.get("scale_q")[i]);
      figure.say("");
      state.set(changed ? { scale_q: [changed, changed] } : patch);
    },
  );
  numbers.node.addEventListener("toggle", () => numbers.update());
  figure.parts.push(
    html("div", { class: "kl-row" },
      html("div", { class: "kl-picture" }, plane.node),
      html("div", { class: "kl-side" },
        bars.node,
        html("div", { class: "kl-bar" },
          figure.add(families),
          button("Best q for reverse", best("reverse"), { class: "kl-reverse" }),
          button("Best q for forward", best("forward"), { class: "kl-forward" }),
          button("Reset", () => figure.reset()),
          ...(id ? [linkButton(figure, id)] : []),
          figure.add(tick(state, "optima"))),
        figure.add(numbers))),
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
    tell(figure.sentence, sentence(value, least, family));
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
  return `Averaged over q, ln q − ln p is ${nats(reverse)} nats, so q is ${dense} times as dense as p `
    + `in the geometric mean. KL(q‖p) = ${nats(reverse)} nats, KL(p‖q) = ${nats(forward)} nats. ${unavoidable}`;
}

/** A bar for each direction: the floor, and above it the gap. */
function makeBars() {
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
      said[direction] = `${ARROW[direction]} = ${nats(value)}: floor ${nats(least)}, gap ${nats(value - least)}`;
      tell(text, said[direction]);
      set(bar, { width: x(value) - left });
      set(mark, { d: `M${x(least)} ${top + 20}v22` });
      beyond.style.display = value > MOST ? "" : "none";
      set(node, { "aria-label": `${Object.values(said).join("; ")}; in nats.` });
    };
  });
  return { node, draw: (direction, value, least) => rows[direction](value, least) };
}
