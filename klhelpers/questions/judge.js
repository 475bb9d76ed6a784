// What a typed number is, and what is nearly right about it. Nothing here touches the page.
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const NATS_PER = { nat: 1, bit: Math.LN2 };
const singular = (unit) => unit.trim().toLowerCase().replace(/s$/, "");

// A decimal number or a fraction, with a point or a comma, and optionally a unit after it.
function readNumber(typed) {
  const text = typed.trim().replace(/[\u2212\u2013]/g, "-");
  const [, digits, unit] = text.match(/^(.*?[\d.,])\s*(\p{L}*)$/u) || [null, text, ""];
  const parts = digits.replace(/,/g, ".").split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return { value: NaN, unit };
  const [above, below = 1] = parts.map(Number);
  const grouped = /^[-+]?\d{1,3}(,\d{3})+$/.test(digits) ? Number(digits.replace(/,/g, "")) : NaN;
  // The digits that were typed, if they are those of a plain decimal number.
  const plain = parts[0].match(/^[-+]?0*\.?0*(\d*)(?:\.(\d*))?$/) && parts.length === 1;
  return { value: above / below, unit, grouped, plain: plain ? parts[0].replace(/^[-+]/, "") : "" };
}

// What is wrong with the unit, or an empty text. `right` tells whether a number is the answer.
function unitRemark(value, given, asked, right) {
  const [from, to] = [singular(given), singular(asked)];
  if (!from || from === to) return "";
  if (!to) return `A number without a unit is asked for; you gave \u201c${given}\u201d.`;
  const factor = NATS_PER[from] / NATS_PER[to];
  if (!factor) return `The unit asked for is ${asked}; you gave \u201c${given}\u201d.`;
  const same = right(value * factor) ? "That is the right amount, in another unit. " : "";
  return `${same}The answer is asked for in ${asked}; one ${from} is ${factor.toFixed(4)} ${to}s.`;
}

// Digits that are right but too few, after rounding or after cutting off; or an empty text.
function roundingRemark(value, plain, answer, within) {
  const digits = plain.replace(".", "").replace(/^0+/, "").length;
  if (!digits || Math.abs(value - answer) > 0.1 * Math.abs(answer)) return "";
  const unit = 10 ** -(plain.split(".")[1] || "").length; // of the last digit
  const error = Math.abs(value - answer);
  const rounded = error <= unit / 2 * (1 + 1e-9);
  const cut = Math.abs(value) <= Math.abs(answer) && error < unit;
  if (!rounded && !cut) return "";
  const count = digits === 1 ? "one digit" : `${["", "", "two", "three", "four"][digits] || digits} digits`;
  return rounded
    ? `Right to ${count}; give it to within ${within}.`
    : `The first ${count} ${digits === 1 ? "is" : "are"} right; give it to within ${within}.`;
}

// What is nearly right about a number that is neither right nor a known mistake; or an empty text.
function nearRemark({ value, grouped, plain }, answer, unit, within, right) {
  if (right(-value)) return "The size is right, the sign is not.";
  if (right(grouped)) return "A comma is read as a decimal point here: leave it out.";
  const asked = singular(unit);
  for (const other in NATS_PER) {
    if (asked in NATS_PER && other !== asked && right(value * NATS_PER[other] / NATS_PER[asked]))
      return `That is the answer in ${other}s; it is asked for in ${unit}.`;
  }
  return roundingRemark(value, plain, answer, within);
}
