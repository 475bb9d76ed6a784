// Node's strict assertions, as far as these tests need them.
const shown = (value) => (typeof value === "function" ? String(value) : JSON.stringify(
  value, (_, x) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x),
));

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function assert(value, message = `${shown(value)} is not true`) {
  if (!value) throw new Error(message);
}

export default Object.assign(assert, {
  ok: assert,
  equal: (a, b, why = "") => assert(Object.is(a, b), `${shown(a)} is not ${shown(b)} ${why}`),
  notEqual: (a, b) => assert(!Object.is(a, b), `both are ${shown(a)}`),
  deepEqual: (a, b, why = "") => assert(same(a, b), `${shown(a)} is not ${shown(b)} ${why}`),
  match: (text, rule) => assert(rule.test(text), `${shown(text)} does not match ${rule}`),
});
