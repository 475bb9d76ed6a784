// The surface under the path: both divergences of a q on the line over its mean and log scale.
import { choice, numberFields, numberSlider, slider } from "./controls.js";
import { capital, fixed, html, tell, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { ARROW, DIRECTIONS } from "./gaussian.js";
import { lineFit, settledAt } from "./line.js";
import { LEVELS, LOG_SCALES, surfacePanel } from "./surfacepanel.js";

/** What is wrong with valid values that do not go together. */
export function checkSurface({ start: [, l] }) {
  const [low, high] = LOG_SCALES;
  return l >= low && l <= high ? "" : `start must have a log scale from ${low} to ${high}`;
}

export function surfaceFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values, checkSurface);
  const { state } = figure;
  const fits = {};
  const step = () => Math.min(state.get("step"), state.get("steps"));
  let fitted = "";
  figure.updates.push(() => {
    const { scale_p: sigma, start, optimiser, rate, steps, restart } = state.values;
    const key = JSON.stringify([sigma, start, optimiser, rate, steps, restart]);
    if (key === fitted) return;
    fitted = key;
    for (const direction of DIRECTIONS) {
      fits[direction] = lineFit({ direction, sigma, optimiser, rate, start, steps, restart });
    }
  });
  const panels = DIRECTIONS.map(
    (direction) => surfacePanel(figure, direction, () => [fits[direction], step()]),
  );
  figure.spoken.unshift(...panels.map((panel) => panel.lastChild));
  const numbers = numberFields(state, ["start", "scale_p", "rate", "steps"]);
  figure.parts.push(
    html("div", { class: "kl-row" }, ...panels),
    html("div", { class: "kl-grid" },
      numberSlider(figure, "step", {
        value: step, text: (n) => `step ${n}`, most: () => state.get("steps"),
      }),
      figure.add(restartTick(state, step)),
      figure.add(choice(state, "optimiser")),
      rateSlider(figure),
      numberSlider(figure, "steps", { text: (n) => `${n} steps` }),
      numberSlider(figure, "scale_p", { text: fixed, step: 0.05 })),
    html("div", { class: "kl-bar" },
      ...lastButtons(figure, id),
      figure.add(numbers)),
    html("p", {}, `Grey lines: ${LEVELS.join(", ")} nats, wider for lower values. ×: the optimum. `
      + "Shaded: the Hessian of KL(p‖q) is indefinite, so KL(p‖q) is not convex there."),
  );
  figure.updates.push(() => tellSoon(figure.sentence, surfaceSentence(state.values, fits)));
  return figure;
}

/** The slider of the rate is logarithmic. */
function rateSlider(figure) {
  const { state } = figure;
  const { label, range } = state.rules.rate;
  const [min, max] = range.map(Math.log10);
  const rates = (x) => Math.min(range[1], Number((10 ** x).toPrecision(2)));
  const control = slider(label, {
    min, max, step: 0.05, value: () => `${state.get("rate")} per step`,
    input: (x) => state.set({ rate: rates(x) }),
  });
  figure.updates.push(() => control.update(Math.log10(state.get("rate"))));
  return control.node;
}

/** Ticked, Adam restarts at the step that was shown. */
function restartTick(state, step) {
  const box = html("input", { type: "checkbox" });
  const text = html("span");
  box.addEventListener("change", () => state.set({ restart: box.checked ? step() : -1 }));
  return {
    node: html("label", { class: "kl-control" }, box, text),
    update() {
      const at = state.get("restart");
      box.checked = at >= 0;
      box.disabled = state.get("optimiser") !== "Adam";
      tell(text, `Restart Adam at step ${at >= 0 ? at : step()}`);
    },
  };
}

function surfaceSentence({ optimiser, rate, steps, restart, scale_p: sigma, start }, fits) {
  const restarted = optimiser === "Adam" && restart >= 0 && restart < steps;
  const outcome = (direction) => {
    const [fit, t] = [fits[direction], settledAt(fits[direction])];
    const [on, near] = [`on ${ARROW[direction]} `, "within 0.05 of that of p"];
    if (fit.diverged) return `${on}it diverges after step ${fit.x.length - 1}`;
    if (t < 0) return `${on}the mean of q does not come to stay ${near} in ${steps} steps`;
    return `${on}the mean of q stays ${near} from step ${t} on`
      + (restarted && t >= restart ? ` (${t - restart} steps after the restart)` : "");
  };
  return `${capital(optimiser)} at a rate of ${rate}`
    + `${restarted ? `, restarted at step ${restart}` : ""}: ${DIRECTIONS.map(outcome).join("; ")}.`
    + (Math.abs(start[0]) > sigma ? " It starts where KL(p‖q) is not convex." : "");
}
