// The fits of a state: both directions, as far as they were taken, and the runs that are kept.
import { DIRECTIONS, floor } from "./gaussian.js";
import { gaussianIn } from "./hands.js";
import { startFit } from "./steps.js";

const SETTINGS = ["loc_p", "scale_p", "correlation_p", "family", "loc_q", "scale_q",
  "correlation_q", "bijector", "optimiser", "rate"];
const AT_ONCE = 500; // steps per update: what is dragged must follow on a slow processor, too
const KEPT = 3;

/** The directions that the state asks for. */
export function askedFor(state) {
  const direction = state.get("direction");
  return direction === "both" ? DIRECTIONS : [direction];
}

export class FitRecord {
  constructor(state) {
    this.state = state;
    this.forget();
  }

  /** Bring the fits up to date; true if steps are left for the next time. */
  refresh(most = AT_ONCE) {
    const { state } = this;
    const key = JSON.stringify(SETTINGS.map((name) => state.get(name)));
    if (key !== this.key) {
      const [p, start] = ["p", "q"].map((letter) => gaussianIn(state, letter));
      const settings = Object.fromEntries(SETTINGS.map((name) => [name, state.get(name)]));
      this.key = key;
      this.fits = Object.fromEntries(DIRECTIONS.map(
        (direction) => [direction, startFit({ ...settings, direction, p, start })],
      ));
      this.floor = floor(settings.family, p);
    }
    const left = askedFor(state).map((direction) => {
      const fit = this.fits[direction];
      const wanted = state.get("taken") + 1 - fit.loss.length;
      fit.advance(Math.min(wanted, most));
      return wanted > most && !fit.diverged;
    });
    return left.includes(true);
  }

  /** What there is to see of the fits now; a later step does not change it. */
  run() {
    const { state, fits } = this;
    const taken = state.get("taken");
    const lines = Object.fromEntries(askedFor(state).map((direction) => {
      const { loss, q, diverged } = fits[direction];
      return [direction, {
        loss, q, last: Math.min(taken, loss.length - 1), diverged: diverged && taken >= loss.length,
      }];
    }));
    // The last step that there is to see: all that were asked for, unless every fit diverged before.
    const end = Math.max(...Object.values(lines).map((line) => (line.diverged ? line.last : taken)));
    return { key: `${this.key} ${taken}`, taken, end, floor: this.floor, lines, label: this.label() };
  }

  label() {
    const [optimiser, rate, family, bijector, start] = ["optimiser", "rate", "family", "bijector", "loc_q"]
      .map((name) => this.state.get(name));
    const from = start.map((x) => Number(x.toFixed(2))).join(", ").replaceAll("-", "−");
    return `${optimiser}, rate ${rate}, ${family}, ${bijector}, from (${from})`;
  }

  /** Keep the run that is seen, for comparison, and return it with its number. */
  keep() {
    this.refresh(Infinity);
    const run = this.run();
    const known = this.kept.find(({ key }) => key === run.key);
    if (known) return known;
    this.count += 1;
    run.number = this.count;
    this.kept = [...this.kept, run].slice(-KEPT - 1);
    return run;
  }

  forget() {
    this.kept = [];
    this.count = 0;
  }

  /** The kept runs beside the one that is seen. */
  ghosts() {
    const key = `${this.key} ${this.state.get("taken")}`;
    return this.kept.filter((run) => run.key !== key).slice(-KEPT);
  }
}
