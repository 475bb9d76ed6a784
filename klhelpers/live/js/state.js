// The state of a figure: named quantities, each with one rule, wherever a value comes from.
//
// Rules are those of figures.json, which Python reads as well: { label, range, size } for a number
// or several, { label, choices } for a word, { label, flag } for yes or no.

export const COUNTS = ["no", "one", "two", "three", "four", "five", "six"];

/** Say what is wrong with a value, in the words that Python uses; "" if it is valid. */
export function problem(name, rule, value) {
  if (rule.flag) return typeof value === "boolean" ? "" : `${name} must be true or false`;
  if (rule.choices) {
    return rule.choices.includes(value) ? "" : `${name} must be one of ${rule.choices.join(", ")}`;
  }
  const [low, high] = rule.range;
  const numbers = rule.size ? value : [value];
  const valid = Array.isArray(numbers) && numbers.length === (rule.size ?? 1)
    && numbers.every((x) => typeof x === "number" && x >= low && x <= high
      && (!rule.whole || Number.isInteger(x)));
  if (valid) return "";
  const kind = rule.whole ? "whole number" : "number";
  const what = rule.size ? `${COUNTS[rule.size]} ${kind}s` : `a ${kind}`;
  return `${name} must be ${what} from ${low} to ${high}`;
}

const copy = (value) => (Array.isArray(value) ? [...value] : value);
const same = (a, b) => (Array.isArray(a) ? a.every((x, i) => x === b[i]) : a === b);

export class State {
  /**
   * `rules` by name; `check` says what is wrong with valid values that do not go together, beginning
   * with the name of a quantity, for which readers get its label.
   */
  constructor(rules, values = {}, check = () => "") {
    this.rules = rules;
    this.check = (all) => check(all).replace(/^\w+/, (name) => rules[name].label);
    this.values = {};
    for (const name in rules) this.values[name] = copy(values[name] ?? rules[name].default);
    this.first = structuredClone(this.values);
    this.listeners = [];
  }

  get(name) {
    return this.values[name];
  }

  /** Say why values, of whatever origin, cannot be taken into a state; "" if they can. */
  refusal(patch, values = this.values) {
    if (patch === null || typeof patch !== "object" || Array.isArray(patch)) {
      return "it must be an object";
    }
    for (const name of Object.keys(patch)) {
      if (!Object.hasOwn(this.rules, name)) return `${name.slice(0, 40)} is not known`;
      const wrong = problem(this.rules[name].label, this.rules[name], patch[name]);
      if (wrong) return wrong;
    }
    return this.check({ ...values, ...patch });
  }

  /** Take values that are known to be valid, and tell whoever listens. */
  set(patch, origin) {
    const changed = Object.keys(patch).filter((name) => !same(patch[name], this.values[name]));
    if (!changed.length) return;
    for (const name of changed) this.values[name] = copy(patch[name]);
    for (const listener of this.listeners) listener(changed, origin);
  }

  /** Set a quantity to what is nearest in its range; return why it stopped there, or "". */
  toward(patch) {
    const stops = [];
    const near = {};
    for (const name of Object.keys(patch)) {
      const { range: [low, high], size, label } = this.rules[name];
      const limited = (x) => {
        const inside = Math.min(high, Math.max(low, x));
        if (Math.abs(inside - x) > 1e-12 && Number.isFinite(x)) { // not where the end was asked for
          stops.push(`${label} stops at ${String(inside).replace("-", "−")}`);
        }
        return inside;
      };
      near[name] = size ? patch[name].map(limited) : limited(patch[name]);
    }
    this.set(near, "toward");
    return [...new Set(stops)].join("; ");
  }

  /** What differs from the state in which the figure was made, as JSON. */
  json() {
    const different = Object.keys(this.values).filter(
      (name) => !same(this.values[name], this.first[name]),
    );
    return JSON.stringify(Object.fromEntries(different.map((name) => [name, this.values[name]])));
  }

  /** All that listen are told, also when the values are those of the start: fields may differ. */
  reset() {
    this.values = structuredClone(this.first);
    for (const listener of this.listeners) listener(Object.keys(this.values));
  }
}

/** The part after "state=" of an address that names the figure, or names none; else null. */
export function linkedState(hash, id, alone) {
  const match = /^#(?:([\w-]+)&)?state=(.*)$/s.exec(hash);
  return match && (match[1] === undefined ? alone : match[1] === id) ? match[2] : null;
}

/** Say which quantity of some the author of the page has fixed, if any. */
function fixedName({ rules }, patch) {
  const name = Object.keys(patch).find((one) => rules[one].fixed);
  return name ? `${rules[name].label} is fixed` : "";
}

/** Take the state of a link; return why it was not taken, or "". */
export function follow(state, text) {
  let patch;
  try {
    patch = JSON.parse(decodeURIComponent(text));
  } catch {
    return "it cannot be read";
  }
  // What the link does not name is as the figure was made.
  const wrong = state.refusal(patch, state.first) || fixedName(state, patch);
  if (!wrong) state.set({ ...structuredClone(state.first), ...patch });
  return wrong;
}
