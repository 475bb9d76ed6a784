// What all live figures share: where they stand, what they say, links to their state.
import { html, tell } from "./dom.js";
import { button } from "./controls.js";
import { follow, linkedState, State } from "./state.js";

const SETTLE = 500; // ms of rest before a screen reader is told
const KEYS_HELP = "Arrow keys move a handle; with Shift, Page Up or Page Down ten times as far; "
  + "Home and End to the ends of its range.";

/** The parts of a figure, and the texts beneath its pictures. */
export class Figure {
  constructor(rules, values, check) {
    this.state = new State(rules, values, check);
    this.sentence = html("p", { class: "kl-sentence" });
    this.voice = html("p", { class: "kl-voice", "aria-live": "polite" });
    this.note = html("p", { class: "kl-note", role: "status" });
    this.spoken = [this.sentence];
    this.said = [];
    this.parts = [];
    this.updates = [];
    this.ends = [];
    this.state.listeners.push((changed, origin) => {
      if (origin !== "toward") this.say(""); // what was said of another state
      this.update();
    });
  }

  /** Say why something was refused or stopped; "" takes it back. */
  say(text) {
    tell(this.note, text);
  }

  /** Move a quantity as far as its range allows, and say if that was not all the way. */
  toward(patch) {
    const said = this.state.toward(patch);
    this.say(said && `${said}.`);
    return said;
  }

  /** Bring all that is shown up to date, now; the voice follows after a rest. */
  update() {
    for (const update of this.updates) update();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const texts = this.spoken.map((node) => node.textContent);
      const fresh = texts.filter((text, i) => text !== this.said[i]);
      this.said = texts;
      if (fresh.length) tell(this.voice, fresh.join(" "));
    }, SETTLE);
  }

  /** A control whose `node` and `update` belong to the figure. */
  add(control) {
    this.updates.push(control.update);
    return control.node;
  }

  reset() {
    this.state.reset();
  }

  /** Put the figure into an element; `id` is that of links to it. */
  mount(root, { id = "", alone = false } = {}) {
    const keys = html("details", { class: "kl-keys" },
      html("summary", {}, "Keys of the handles"), html("p", {}, `${KEYS_HELP} ${this.keys ?? ""}`));
    // A text that stands among the parts stays there.
    root.replaceChildren(...new Set([...this.parts, this.sentence, this.note, keys, this.voice]));
    root.classList.add("kl-figure");
    const arrive = () => {
      const text = linkedState(location.hash, id, alone);
      if (text === null) return;
      const wrong = follow(this.state, text);
      if (wrong) this.reset();
      this.say(wrong && `The state in the link was not used: ${wrong}.`);
      (wrong ? this.note : root).scrollIntoView({ block: "nearest" });
    };
    // A link to where the page already is changes no hash.
    const again = ({ target }) => target.closest?.("a[href]")?.href === location.href && arrive();
    addEventListener("hashchange", arrive);
    document.addEventListener("click", again);
    this.ends.push(
      () => removeEventListener("hashchange", arrive),
      () => document.removeEventListener("click", again),
      () => clearTimeout(this.resting),
    );
    this.update();
    arrive();
    return () => { for (const end of this.ends) end(); };
  }
}

/** The button that resets, and for a figure that links can name the one that copies a link. */
export function lastButtons(figure, id, reset = () => figure.reset()) {
  const copy = button("Copy link", async () => {
    const address = new URL(location.href);
    address.hash = `${id}&state=${encodeURIComponent(figure.state.json())}`;
    try {
      await navigator.clipboard.writeText(address.href);
      figure.say("The link to this state was copied.");
    } catch {
      location.hash = address.hash;
      figure.say("The address of the page is now the link to this state.");
    }
  });
  return [button("Reset", reset), ...(id ? [copy] : [])];
}
