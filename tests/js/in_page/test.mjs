// Node's test runner, as far as these tests need it: cases that run one after the other.
const cases = [];

export default function test(name, run) {
  cases.push([name, run]);
}

/** Run all cases; return [name, what went wrong] of each. */
export async function results() {
  const found = [];
  for (const [name, run] of cases) {
    document.body.replaceChildren();
    location.hash = "";
    try {
      await run();
      found.push([name, ""]);
    } catch (error) {
      found.push([name, String(error.stack ?? error)]);
    }
  }
  return found;
}
