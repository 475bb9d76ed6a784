// The six figures, on a page and in JupyterLab.
import assert from "node:assert/strict";
import test from "node:test";
import { FIGURES } from "../../klhelpers/live/js/all.js";
import { betweenFigure } from "../../klhelpers/live/js/between.js";
import { html } from "../../klhelpers/live/js/dom.js";
import { Figure } from "../../klhelpers/live/js/figure.js";
import { fitFigure } from "../../klhelpers/live/js/fit.js";
import { guessFigure } from "../../klhelpers/live/js/guess.js";
import { modesFigure } from "../../klhelpers/live/js/modes.js";
import { pairFigure } from "../../klhelpers/live/js/pair.js";
import { RULES } from "../../klhelpers/live/js/rules.js";
import { checkSurface, surfaceFigure } from "../../klhelpers/live/js/surface.js";
import { LEVELS, LOG_SCALES, surfacePanel } from "../../klhelpers/live/js/surfacepanel.js";
import { render } from "../../klhelpers/live/js/widget.js";
import "../../klhelpers/live/js/page.js";

const MADE = {
  between: betweenFigure, fit: fitFigure, guess: guessFigure, modes: modesFigure, pair: pairFigure,
  surface: surfaceFigure,
};
const SENTENCES = {
  between: /^α = 0.50: each variance of q is/, fit: /^Reverse: at step 200, KL\(q‖p\) = /,
  guess: /^Drag q to where you expect the least KL\(q‖p\)/, modes: /^KL\(q‖p\) = [\d.]+ nats/,
  pair: /^Averaged over q, ln q − ln p is/, surface: /^Adam at a rate of 0.1: on KL\(q‖p\)/,
};

function mounted(kind, values = {}, options = {}) {
  const figure = FIGURES[kind](RULES[kind], values, options);
  const root = document.body.appendChild(html("div"));
  return { figure, root, end: figure.mount(root, options) };
}

test("each kind has its figure and its rules", () => {
  assert.deepEqual(Object.keys(FIGURES).sort(), Object.keys(MADE));
  assert.deepEqual(Object.keys(RULES).sort(), Object.keys(MADE));
  for (const kind of Object.keys(MADE)) assert.equal(FIGURES[kind], MADE[kind]);
});

for (const kind of Object.keys(MADE)) {
  test(`${kind}: the sentence says what is seen`, () => {
    const { figure, end } = mounted(kind);
    assert.match(figure.sentence.textContent, SENTENCES[kind]);
    end();
  });
  test(`${kind}: no number of it is undefined, at both ends of each range`, () => {
    for (const end of [0, 1]) {
      const values = {};
      for (const [name, { range, size }] of Object.entries(RULES[kind])) {
        if (range && !["num_steps", "taken", "step", "steps"].includes(name)) {
          values[name] = size ? Array(size).fill(range[end]) : range[end];
        }
      }
      if (kind === "surface") values.start = [range(kind, "start")[end], LOG_SCALES[end]];
      if ("family" in RULES[kind]) values.family = "full";
      const { figure, root, end: stop } = mounted(kind, values);
      assert.ok(!/NaN|undefined/.test(root.outerHTML), figure.sentence.textContent);
      stop();
    }
  });
}
function range(kind, name) {
  return RULES[kind][name].range;
}

test("a start above the picture is refused", () => {
  assert.equal(checkSurface({ start: [0, 2] }), "");
  assert.equal(checkSurface({ start: [0, 2.1] }), "start must have a log scale from -2 to 2");
});

test("a panel of a surface tells where a path ends", () => {
  assert.ok(LEVELS.every((level, i) => !i || level > LEVELS[i - 1]));
  const figure = new Figure(RULES.surface, {});
  let fit = { x: [[0, 0], [9, 0]], loss: [1, 2], diverged: false };
  const node = document.body.appendChild(surfacePanel(figure, "reverse", () => [fit, 5]));
  const said = () => node.querySelector(".kl-warning").textContent;
  figure.update();
  assert.equal(said(), "leaves the picture at step 1");
  assert.match(node.lastChild.textContent, /^Step 1: .*outside the picture/);
  fit = { x: [[0, 0]], loss: [1], diverged: true };
  figure.update();
  assert.equal(said(), "diverges after step 0");
});

test("a guess of a number is compared with the truth when it is shown", () => {
  const about = { ask: "number", label: "<b>KL</b>", truth: 1, range: [0, 4], because: "So." };
  const { figure, root, end } = mounted("guess", { guess: 3 }, { about });
  assert.match(root.querySelector(".kl-question").textContent, /^How large is <b>KL<\/b>\?$/);
  root.querySelector(".kl-reveal").click();
  assert.equal(figure.sentence.textContent, "<b>KL</b> = 1.0000 nats. Your guess, 3.0000 nats, is 2.0000 nats above it. So.");
  end();
});

test("the widget tells Python of changes, once a frame, and hears of Python's", async () => {
  const traits = { kind: "pair", about: {} };
  for (const [name, { default: value }] of Object.entries(RULES.pair)) traits[name] = value;
  const heard = {};
  let saved = 0;
  const model = {
    get: (name) => traits[name], set: (name, value) => { traits[name] = value; },
    save_changes: () => { saved += 1; },
    on: (name, action) => { heard[name] = action; }, off: (name) => { delete heard[name]; },
  };
  const el = document.body.appendChild(html("div"));
  const end = render({ model, el });
  const handle = el.querySelector("[aria-label='Mean of q']");
  for (let i = 0; i < 3; i += 1) {
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true }));
  }
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  assert.equal(traits.loc_q[0].toFixed(2), "0.95");
  assert.equal(saved, 1);
  traits.loc_q = [-1, -1];
  heard["change:loc_q"]();
  assert.match(handle.getAttribute("aria-valuetext"), /^-1.00 and -1.00$/);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  assert.equal(saved, 1);
  end();
  assert.deepEqual(heard, {});
});

test("the element of a page reads its state, and takes its name from the figure around it", () => {
  const given = JSON.stringify({ values: { correlation_p: -0.5 }, about: {} });
  document.body.innerHTML = `<figure id="fig-a"><kl-live data-figure="pair"><script type="application/json">${given}</script></kl-live></figure>`;
  const element = document.querySelector("kl-live");
  assert.equal(element.figure.state.get("correlation_p"), -0.5);
  assert.ok([...element.querySelectorAll("button")].some((one) => one.textContent === "Copy link"));
  assert.ok("ready" in element.dataset);
});
