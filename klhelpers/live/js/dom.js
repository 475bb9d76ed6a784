// Elements of HTML and SVG, and numbers as text.
const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Make an HTML element. */
export function html(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Set attributes of an element; an equal value is left alone, since setting it costs a layout. */
export function set(node, attributes) {
  for (const name in attributes) {
    const value = String(attributes[name]);
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/**
 * Set the text of an element, if it is another one. The text node stays, because a new one makes
 * layout slower; a live region gets a new one, so that a screen reader says all of it.
 */
export function tell(node, text) {
  if (node.textContent === text) return;
  if (node.firstChild && !node.matches("[aria-live], [role=status]")) node.firstChild.data = text;
  else node.textContent = text;
}

const PAUSE = 50; // ms
const waiting = new Map(); // what is to be done to an element
let timer = false;

/** Say whether a handle is held now; when it is released, all that waits is done. */
export function hold(held) {
  const act = () => {
    for (const action of waiting.values()) action();
    waiting.clear();
  };
  clearInterval(timer);
  timer = held && setInterval(act, PAUSE);
  act();
}

/**
 * Do something to an element that follows a handle. While the handle is held, it is done 20 times a
 * second: nobody reads faster, and layout of texts and sliders costs more than all else in a frame.
 */
export function soon(node, action) {
  if (timer) waiting.set(node, action);
  else action();
}

/** Set a text that follows a handle. */
export const tellSoon = (node, text) => soon(node, () => tell(node, text));

/** Write a number with a true minus sign, and none before what rounds to zero. */
export function fixed(value, digits = 2) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "undefined";
  if (Math.abs(value) >= 1e6) return value.toExponential(2).replace("e+", " × 10^").replace("-", "−");
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** Write nats without the unit, with the digits of the notes. */
export const nats = (value) => fixed(value, 4);

/** Write a word with a capital letter. */
export const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Limit a number to a range. */
export const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
