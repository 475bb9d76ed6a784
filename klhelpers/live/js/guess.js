// Predict, then see: the reader places a guess, and only then asks for the truth.
import { button, numberFields } from "./controls.js";
import { clamp, fixed, html, nats, set, svg, tell, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { ARROW, divergence, floor, optimum } from "./gaussian.js";
import { addHandle } from "./handles.js";
import { addHands, checkFamily, gaussianIn, handNumbers, heldAxes } from "./hands.js";
import { ellipses, makePlane } from "./plane.js";

/** `about` holds what the author asks; see GuessFigure in guess.py. */
export function guessFigure(rules, values, { id, about = {} } = {}) {
  const { ask = "q", question = "" } = about;
  const own = ask === "q" ? rules : { ...rules, guess: { ...rules.guess, range: about.range } };
  const figure = new Figure(own, values, checkFamily);
  const { state } = figure;
  const asked = html("p", { class: "kl-question" });
  const reveal = button("", () => state.set({ shown: !state.get("shown") }), { class: "kl-reveal" });
  const view = (ask === "q" ? guessedGaussian : guessedNumber)(figure, about);
  figure.parts.push(asked, html("div", { class: "kl-row" },
    html("div", { class: "kl-picture" }, view.picture),
    html("div", { class: "kl-side" },
      html("div", { class: "kl-bar" },
        ...view.fields,
        reveal,
        ...lastButtons(figure, id)),
      ...view.folded)));
  figure.updates.push(() => {
    const shown = state.get("shown");
    tell(asked, question || view.question());
    tell(reveal, shown ? "Hide" : "Show");
    view.answer.style.display = shown ? "" : "none";
    const found = view.draw(shown);
    tellSoon(figure.sentence, shown ? [found, about.because].filter(Boolean).join(" ") : view.prompt());
  });
  return figure;
}

/** q is placed where the reader expects the least divergence. */
function guessedGaussian(figure) {
  const { state } = figure;
  const plane = makePlane({
    x: [-5, 5], y: [-5, 5], width: 360, height: 355, xlabel: "x₁", ylabel: "x₂",
    label: "p, dashed, and your q, solid, as contours of 1, 2 and 3 standard deviations",
  });
  const p = ellipses("p", [3, 2, 1]);
  const q = ellipses("q", [3, 2, 1]);
  const best = {};
  const answer = svg("g");
  plane.data.append(p.node, answer, q.node);
  addHands(figure, plane, "q", heldAxes(figure, "q"));
  const arrow = () => ARROW[state.get("direction")];
  const family = () => state.get("family");
  return {
    picture: plane.node,
    fields: [],
    folded: [figure.add(handNumbers(figure, ["q"]))],
    answer,
    question: () => `Which ${family()} q has the least ${arrow()}?`,
    prompt: () => `Drag q to where you expect the least ${arrow()}, then press Show.`,
    draw(shown) {
      const direction = state.get("direction");
      const [target, held] = [gaussianIn(state, "p"), gaussianIn(state, "q")];
      p.draw(target);
      q.draw(held);
      if (!shown) return "";
      best[direction] ??= ellipses(direction, [3, 1]);
      if (answer.firstChild !== best[direction].node) answer.replaceChildren(best[direction].node);
      best[direction].draw(optimum(direction, family(), target));
      const [value, least] = [divergence(direction, target, held), floor(family(), target)];
      const article = family() === "isotropic" ? "an" : "a";
      const colour = direction === "reverse" ? "blue" : "orange";
      return `Your q: ${arrow()} = ${nats(value)} nats. The least that ${article} ${family()} q can `
        + `reach is ${nats(least)} nats, so your guess is ${nats(value - least)} nats above it. `
        + `The thick ${colour} outlines show the q that reaches it.`;
    },
  };
}

const HEAD = 34; // height of the two lines of text above the axes
const LABELS = [120, 220]; // where texts in the picture of a number may have their middle

/** A number is placed on an axis in nats. */
function guessedNumber(figure, { label, truth, range }) {
  const { state } = figure;
  const plane = makePlane({
    x: range, y: [0, 1], width: 340, height: 120, xlabel: `${label} in nats`, yticks: [],
    label: `${label} on an axis in nats`,
  });
  set(plane.node, { viewBox: `0 ${-HEAD} ${plane.width} ${plane.height + HEAD}` });
  const [top, bottom] = [plane.toY(1), plane.toY(0)];
  const line = svg("path", { class: "kl-line kl-guess" });
  const text = svg("text", { y: -18, "text-anchor": "middle" });
  const at = plane.toX(truth);
  const distance = svg("path", { class: "kl-distance" });
  const told = svg("text", { x: clamp(at, LABELS), y: 1, "text-anchor": "middle" });
  const answer = svg("g", {},
    svg("path", { class: "kl-floor", d: `M${at} ${top}V${bottom}` }), distance, told);
  plane.front.append(line, text, answer);
  const guess = () => state.get("guess");
  const step = (range[1] - range[0]) / 200;
  figure.updates.push(addHandle(plane, {
    name: `Your guess of ${label}`, kind: "guess", size: 7, range,
    at: () => [guess(), 0.5],
    move: ([x]) => figure.toward({ guess: x }),
    nudge: ([dx, dy]) => figure.toward({ guess: guess() + (dx + dy) * step }),
    value: () => [fixed(guess(), 4).replace("−", "-"), `${fixed(guess(), 4)} nats`],
  }));
  const field = numberFields(state, ["guess"]).fields[0];
  return {
    picture: plane.node,
    fields: [figure.add(field)],
    folded: [],
    answer,
    question: () => `How large is ${label}?`,
    prompt: () => `Your guess: ${label} = ${nats(guess())} nats. Move the line, then press Show.`,
    draw(shown) {
      const x = plane.toX(guess());
      set(line, { d: `M${x} ${top}V${bottom}` });
      set(text, { x: clamp(x, LABELS) });
      tellSoon(text, `your guess ${nats(guess())}`);
      const apart = Math.abs(guess() - truth);
      tellSoon(told, shown ? `truth ${nats(truth)}, ${nats(apart)} nats away` : "");
      const side = guess() > truth ? "above" : "below";
      set(distance, { d: `M${at} ${(top + bottom) / 2}H${x}` });
      const compared = Number(apart.toFixed(4)) === 0 ? "the same to four decimals"
        : `${nats(apart)} nats ${side} it`;
      return `${label} = ${nats(truth)} nats. Your guess, ${nats(guess())} nats, is ${compared}.`;
    },
  };
}
