// The same figures in JupyterLab: an anywidget whose traits are the quantities of the state.
import { FIGURES } from "./all.js";
import { RULES } from "./rules.js";

export function render({ model, el }) {
  const kind = model.get("kind");
  const names = Object.keys(RULES[kind]);
  const values = Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const figure = FIGURES[kind](RULES[kind], values, { about: model.get("about") });
  const { state } = figure;
  let waiting = 0; // one message to Python for each drawn frame at most
  state.listeners.push((changed, origin) => {
    if (origin === "python") return;
    for (const name of changed) model.set(name, state.get(name));
    if (!waiting) {
      waiting = requestAnimationFrame(() => {
        waiting = 0;
        model.save_changes();
      });
    }
  });
  const arrived = () => state.set(
    Object.fromEntries(names.map((name) => [name, model.get(name)])), "python",
  );
  for (const name of names) model.on(`change:${name}`, arrived);
  el.classList.add("kl-live");
  const lost = () => el.classList.add("kl-lost"); // the kernel that held the Python side is gone
  model.on("comm_live_update", lost);
  const end = figure.mount(el);
  return () => {
    cancelAnimationFrame(waiting);
    for (const name of names) model.off(`change:${name}`, arrived);
    model.off("comm_live_update", lost);
    end();
  };
}
