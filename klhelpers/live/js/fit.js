// Fit it: a q that starts where the reader puts it, and descends as the reader chooses.
import { button, choice, numberFields, slider, tick } from "./controls.js";
import { capital, html, nats, set, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { askedFor, FitRecord } from "./fitrecord.js";
import { fitLosses, fitPanel } from "./fitviews.js";
import { ARROW, DIRECTIONS } from "./gaussian.js";
import { addHands, checkFamily, familyChoice, gaussianIn, handNumbers, heldAxes } from "./hands.js";

const NEAR = 1e-3; // nats

export function fitFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values, checkFamily);
  const { state } = figure;
  const record = new FitRecord(state);
  const panels = DIRECTIONS.map((direction) => fitPanel(direction));
  const pictures = panels.map(({ plane }) => html("div", { class: "kl-picture" }, plane.node));
  const losses = fitLosses();
  const legend = html("div", { class: "kl-legend" });
  let seen = ""; // the run whose paths are drawn

  for (const letter of ["p", "q"]) {
    const axes = heldAxes(figure, letter);
    DIRECTIONS.forEach((direction, i) => addHands(figure, panels[i].plane, letter, axes, {
      called: `${letter === "p" ? "p" : "the start of q"}, ${direction} panel`,
      shown: () => askedFor(state).includes(direction) && (letter === "q" || state.get("hold_p")),
    }));
  }

  function draw() {
    cancelAnimationFrame(figure.more);
    if (record.refresh()) figure.more = requestAnimationFrame(draw);
    const run = record.run();
    const ghosts = record.ghosts();
    const version = `${run.key} ${Object.values(run.lines).map(({ last }) => last)} ${state.get("direction")}`;
    run.changed = version !== seen;
    seen = version;
    const step = state.get("step");
    const p = gaussianIn(state, "p");
    DIRECTIONS.forEach((direction, i) => {
      const line = run.lines[direction];
      pictures[i].style.display = line ? "" : "none";
      if (!line) return;
      panels[i].draw(p, line, Math.min(step, line.last), run.changed);
      panels[i].haunt(ghosts);
    });
    losses.draw(run, ghosts, state.get("log_axis"), step);
    describeGhosts(ghosts);
    set(steps.range, { max: run.end });
    steps.update(Math.min(step, run.end));
    tellSoon(figure.sentence, fitSentence(run, step));
  }
  figure.updates.push(draw);
  figure.ends.push(() => cancelAnimationFrame(figure.more));
  // After the state of a link, if there is one, has arrived.
  queueMicrotask(() => record.keep());

  function describeGhosts(ghosts) {
    const key = ghosts.map(({ number }) => number).join();
    if (key === legend.dataset.runs) return;
    legend.dataset.runs = key;
    legend.replaceChildren(...(key ? [
      html("p", {}, "Earlier runs, drawn thin:"),
      html("ol", {}, ...ghosts.map(
        (run) => html("li", { value: run.number }, inWords(run)),
      )),
    ] : []));
  }

  const forget = button("Forget runs", () => {
    record.forget();
    figure.say("No earlier run is kept now.");
    figure.update();
  });

  const fit = button("Fit", () => {
    const steps = state.get("num_steps");
    state.set({ taken: steps, step: steps });
    const run = record.keep();
    figure.say(`Run ${run.number} is kept: ${inWords(run)}.`);
    figure.update();
  });
  const oneStep = button("Step", () => {
    const { taken, end, lines } = record.run();
    const step = Math.min(state.get("step"), end) + 1;
    const over = Object.values(lines).every(({ last, diverged }) => diverged && step > last);
    if (over) figure.say("The fit has diverged: there is no further step.");
    else figure.toward({ step, taken: Math.max(step, taken) });
  });
  const back = button("Back to the start", () => state.set({ taken: 0, step: 0 }));
  const steps = slider("step shown", {
    min: 0, max: 1, step: 1,
    value: (at) => `${at} of ${steps.range.max}`,
    input: (step) => state.set({ step }),
  });
  // A step of the slider changes the rate by 12 %; two digits are enough for that.
  const rate = slider("rate", {
    min: -4, max: 0.3, step: 0.05,
    value: () => String(state.get("rate")),
    input: (power) => state.set({ rate: Number((10 ** power).toPrecision(2)) }),
  });
  figure.updates.push(() => rate.update(Math.log10(state.get("rate"))));
  const typed = numberFields(state, ["rate", "num_steps"], (patch) => {
    const whole = state.get("taken") === state.get("num_steps");
    const length = patch.num_steps && whole && { taken: patch.num_steps, step: patch.num_steps };
    return { ...patch, ...length };
  });
  for (const field of typed.fields) figure.updates.push(field.update);
  const row = (...nodes) => html("div", { class: "kl-bar" }, ...nodes);

  figure.parts.push(
    html("div", { class: "kl-row" }, ...pictures),
    row(fit, oneStep, back, steps.node),
    figure.sentence,
    figure.note,
    html("div", { class: "kl-row" },
      html("div", { class: "kl-picture" }, losses.node, legend),
      html("div", { class: "kl-side" },
        row(figure.add(choice(state, "optimiser")), rate.node, ...typed.fields.map(({ node }) => node)),
        row(...[choice(state, "direction"), familyChoice(state), choice(state, "bijector")]
          .map((one) => figure.add(one))),
        row(figure.add(tick(state, "log_axis")), figure.add(tick(state, "hold_p"))),
        row(forget, ...lastButtons(figure, id, () => {
          record.forget();
          figure.reset();
          record.keep();
        })),
        figure.add(handNumbers(figure)))),
  );
  return figure;
}

function inWords({ label, end, lines }) {
  const diverged = Object.values(lines).some((line) => line.diverged);
  return `${label}, ${end} ${end === 1 ? "step" : "steps"}${diverged ? ", diverged" : ""}`;
}

function fitSentence({ lines, floor, taken, end }, step) {
  return Object.entries(lines).map(([direction, line]) => {
    const at = Math.min(step, line.last);
    const value = line.loss[at];
    const last = line.diverged && at < Math.min(step, end) ? ", its last" : "";
    return `${capital(direction)}: at step ${at}${last}, ${ARROW[direction]} = ${nats(value)} nats, floor `
      + `${nats(floor)}, gap ${nats(value - floor)}; ${course(line, floor, taken)}.`;
  }).join(" ");
}

/** What the losses of a whole run say. */
function course({ loss, last, diverged }, floor, taken) {
  if (diverged) return `diverged at step ${last + 1}: the divergence is no longer finite`;
  if (!taken) return "no step was taken yet";
  let from = last + 1; // the first step after which the gap stays small
  while (from > 0 && loss[from - 1] - floor < NEAR) from -= 1;
  const run = `${last} ${last === 1 ? "step" : "steps"}`;
  if (from <= last) return `the gap is below 0.001 nats from step ${from} on`;
  const rises = loss[last] > loss[last - 1] ? ", and the loss rose in the last step" : "";
  for (let i = 0; i <= last; i += 1) {
    if (loss[i] - floor < NEAR) return `the gap fell below 0.001 nats at step ${i}, but did not stay there${rises}`;
  }
  return `the gap did not fall below 0.001 nats in ${run}${rises}`;
}
