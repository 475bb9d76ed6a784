// A Gaussian under the reader's hand: handles of its mean and of its two axes.
import { HeldAxes } from "./axes.js";
import { choice, numberFields } from "./controls.js";
import { clamp, fixed } from "./dom.js";
import { gaussian } from "./gaussian.js";
import { addHandle, apart } from "./handles.js";

// Standard deviations from the mean to the handles of the axes; those of a narrow q lie apart, too.
const FAR = { p: 2, q: 1.5 };
const TURN = Math.PI / 180;
const AXIS_KEYS = "Up and down change the length; left and right turn it, or change the length "
  + "of an axis that cannot turn.";

/** What is wrong with valid values of q that do not go together. */
export function checkFamily({ family, scale_q: [s1, s2], correlation_q: r }) {
  const short = (value) => +value.toPrecision(6);
  if (family !== "full" && r !== 0)
    return `correlation_q must be 0 for a q that is ${family}; got ${short(r)}`;
  if (family === "isotropic" && s1 !== s2)
    return "scale_q must be two equal numbers for a q that is isotropic; "
      + `got ${short(s1)} and ${short(s2)}`;
  return "";
}

/** q as the family allows it: what of it can stay, stays. */
export function projected(family, scale, correlation) {
  if (family === "full") return { scale_q: scale, correlation_q: correlation };
  if (family === "diagonal") return { scale_q: scale, correlation_q: 0 };
  const mean = Math.sqrt(scale[0] * scale[1]);
  return { scale_q: [mean, mean], correlation_q: 0 };
}

/** The choice of a family; q follows. */
export function familyChoice(state) {
  return choice(state, "family", (family) => state.set({
    family, ...projected(family, state.get("scale_q"), state.get("correlation_q")),
  }));
}

/** The Gaussian of the state whose names end in this letter. */
export function gaussianIn(state, letter) {
  return gaussian({
    loc: state.get(`loc_${letter}`), scale: state.get(`scale_${letter}`),
    correlation: state.get(`correlation_${letter}`),
  });
}

const isStraight = (state, letter) => letter === "q" && state.get("family") !== "full";
const isRound = (state, letter) => letter === "q" && state.get("family") === "isotropic";

/** The axes of p or of q, which all handles of that letter share. */
export function heldAxes(figure, letter) {
  const { state } = figure;
  return new HeldAxes(
    () => ({
      scale: state.get(`scale_${letter}`), correlation: state.get(`correlation_${letter}`),
      straight: isStraight(state, letter), round: isRound(state, letter),
    }),
    ({ scale, correlation }) => figure.toward({
      [`scale_${letter}`]: scale, [`correlation_${letter}`]: correlation,
    }),
  );
}

/** Put the handles of one letter into a plane. */
export function addHands(figure, plane, letter, axes, { called = letter, shown = () => true } = {}) {
  const made = [0, 1].map((i) => axisHandle(figure, plane, letter, axes, i, called));
  made.push(meanHandle(figure, plane, letter, called));
  figure.keys = `Axes: ${AXIS_KEYS}`;
  const nodes = [...plane.front.childNodes].slice(-3);
  const display = (i) => shown() && !(i === 1 && isRound(figure.state, letter));
  figure.updates.push(() => nodes.forEach((node, i) => {
    node.style.display = display(i) ? "" : "none";
    if (display(i)) made[i]();
  }));
}

function meanHandle(figure, plane, letter, called) {
  const { state } = figure;
  const name = `loc_${letter}`;
  return addHandle(plane, {
    name: `Mean of ${called}`, kind: letter, size: letter === "p" ? 8 : 6, range: state.rules[name].range,
    at: () => state.get(name),
    move: (point) => figure.toward({ [name]: point }),
    nudge: ([dx, dy]) => {
      const [x, y] = state.get(name);
      figure.toward({ [name]: [x + dx / 20, y + dy / 20] });
    },
    value: () => {
      const [x, y] = state.get(name);
      return [fixed(x), `${fixed(x)} and ${fixed(y)}`].map((text) => text.replaceAll("−", "-"));
    },
  });
}

function axisHandle(figure, plane, letter, axes, i, called) {
  const { state } = figure;
  const loc = () => state.get(`loc_${letter}`);
  const angle = () => axes.now.tilt + i * Math.PI / 2;
  const { range } = state.rules[`scale_${letter}`];
  return addHandle(plane, {
    name: `Axis ${i + 1} of ${called}`, kind: letter, size: 5, range, around: loc, keys: AXIS_KEYS,
    at: () => axes.end(loc(), i, FAR[letter], apart(plane)),
    move: ([x, y]) => {
      const [dx, dy] = [x - loc()[0], y - loc()[1]];
      const length = isStraight(state, letter) ? Math.abs(i ? dy : dx) : Math.hypot(dx, dy);
      axes.set(i, (length - apart(plane)) / FAR[letter], Math.atan2(dy, dx));
    },
    nudge: ([dx, dy]) => {
      const end = Math.abs(dx) === Infinity;
      const turn = end || isStraight(state, letter) ? 0 : dx;
      const length = axes.now.lengths[i] + (turn ? dy : dx + dy) / 50;
      axes.set(i, end ? clamp(length, range) : length, angle() - turn * TURN);
    },
    value: () => {
      const turned = (angle() / TURN % 180 + 180) % 180;
      const length = fixed(axes.now.lengths[i]);
      return [length, `length ${length}, direction ${fixed(turned, 0)} degrees`];
    },
  });
}

/** Fields for all numbers of p and q; one scale of an isotropic q takes the other along. */
export function handNumbers({ state }, letters = ["p", "q"]) {
  const names = letters.flatMap((x) => [`loc_${x}`, `scale_${x}`, `correlation_${x}`]);
  return numberFields(state, names, (patch) => {
    const changed = isRound(state, "q")
      && patch.scale_q?.find((s, i) => s !== state.get("scale_q")[i]);
    return changed ? { scale_q: [changed, changed] } : patch;
  });
}
