// Labelled controls: choices, ticks, buttons, sliders, and numbers that are typed.
import { html, set, soon, tell } from "./dom.js";
import { problem } from "./state.js";

// JupyterLab loads this module once for each figure: counting would give the same ids again.
const newId = () => `kl-live-${Math.random().toString(36).slice(2)}`;

/** A choice of a few words, tied to a quantity. */
export function choice(state, name, change = (value) => state.set({ [name]: value })) {
  const { label, choices, words = {} } = state.rules[name];
  const id = newId();
  const select = html("select", { id }, ...choices.map(
    (value) => html("option", { value }, words[value] ?? value),
  ));
  select.addEventListener("change", () => change(select.value));
  const node = html("span", { class: "kl-control" }, html("label", { for: id }, label), select);
  const update = () => { // setting the same choice again is slow
    if (select.value !== state.get(name)) select.value = state.get(name);
  };
  return { node, update };
}

/** A tick box, tied to a quantity. */
export function tick(state, name) {
  const box = html("input", { type: "checkbox" });
  box.addEventListener("change", () => state.set({ [name]: box.checked }));
  const node = html("label", { class: "kl-control" }, box, state.rules[name].label);
  return { node, update: () => { box.checked = state.get(name); } };
}

export function button(text, action, attributes = {}) {
  const node = html("button", { type: "button", ...attributes }, text);
  node.addEventListener("click", action);
  return node;
}

/** A slider: `value` writes its number as text with the unit. */
export function slider(label, { min, max, step, value, input }) {
  const id = newId();
  const range = html("input", { type: "range", id, min, max, step });
  range.addEventListener("input", () => input(Number(range.value)));
  const shown = html("output", { for: id, "aria-hidden": "true" }); // the value text speaks
  return {
    node: html("span", { class: "kl-control kl-slider" }, html("label", { for: id }, label), range, shown),
    range,
    update: (number) => soon(range, () => {
      if (range.value !== String(number)) range.value = number; // costs a layout
      const text = value(number);
      set(range, { "aria-valuetext": text });
      tell(shown, text);
    }),
  };
}

/** A slider over the range of a quantity, or up to `most()`; it may show another `value()`. */
export function numberSlider(figure, name, options) {
  const { state } = figure;
  const { label, range: [min, max] } = state.rules[name];
  const { value = () => state.get(name), text, most, step = 1 } = options;
  const control = slider(label, {
    min, max, step, value: (number) => text(number), input: (number) => figure.toward({ [name]: number }),
  });
  figure.updates.push(() => {
    if (most) set(control.range, { max: most() });
    control.update(value());
  });
  return control.node;
}

/** Read a number as people write it: "0,5" is 0.5, and a true minus sign is a minus. */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

/**
 * Fields for all numbers of some quantities, folded; beside a field stands why what is in it was
 * refused. `complete` adds what has to change along with a number.
 */
export function numberFields(state, names, complete = (patch) => patch) {
  const fields = [];
  for (const name of names) {
    const { label, size, digits = 3 } = state.rules[name];
    for (let i = 0; i < (size ?? 1); i += 1) {
      const [id, why] = [newId(), newId()];
      const text = size ? `${label}, ${i + 1}` : label;
      const field = html("input", {
        id, type: "text", inputmode: "decimal", autocomplete: "off", "aria-describedby": why,
      });
      const refusal = html("span", { id: why, class: "kl-refusal", role: "alert" });
      const refuse = (wrong) => {
        set(field, { "aria-invalid": wrong !== "" });
        refusal.textContent = wrong && `${wrong}.`;
      };
      const number = () => (size ? state.get(name)[i] : state.get(name));
      const show = () => { field.value = String(Number(number().toFixed(digits))); };
      field.addEventListener("change", () => {
        const typed = readNumber(field.value);
        const value = size ? state.get(name).with(i, typed) : typed;
        const patch = complete({ [name]: value });
        const wrong = problem(text, { ...state.rules[name], size: null }, typed)
          || state.check({ ...state.values, ...patch });
        refuse(wrong);
        if (wrong) return;
        state.set(patch);
        show();
      });
      state.listeners.push(() => {
        if (!refusal.textContent) return;
        refuse("");
        show();
      });
      fields.push({
        node: html("span", { class: "kl-control" }, html("label", { for: id }, text), field, refusal),
        update: () => document.activeElement === field || refusal.textContent || show(),
      });
    }
  }
  const node = html("details", { class: "kl-numbers" }, html("summary", {}, "Type numbers"),
    html("div", { class: "kl-row" }, ...fields.map((one) => one.node)));
  const update = () => { if (node.open) for (const one of fields) one.update(); };
  node.addEventListener("toggle", update);
  return { node, update, fields };
}
