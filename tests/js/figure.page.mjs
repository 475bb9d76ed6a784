// What all live figures share: parts, texts, links, and the button that copies one.
import assert from "node:assert/strict";
import test from "node:test";
import { html } from "../../klhelpers/live/js/dom.js";
import { Figure, lastButtons } from "../../klhelpers/live/js/figure.js";

const RULES = { number: { label: "a number", range: [-1, 1], default: 0.5 } };

function mounted(options) {
  const figure = new Figure(RULES, {});
  figure.parts.push(html("p", {}, "part"));
  const root = document.body.appendChild(html("div"));
  return { figure, root, end: figure.mount(root, options) };
}

test("a figure holds its parts, its sentence and its note, once each", () => {
  const { figure, root, end } = mounted();
  assert.ok(root.contains(figure.sentence) && root.contains(figure.note) && root.contains(figure.voice));
  assert.equal(root.firstChild.textContent, "part");
  end();
});

test("what stops is said, and another change takes it back", () => {
  const { figure, end } = mounted();
  figure.toward({ number: 3 });
  assert.equal(figure.note.textContent, "a number stops at 1.");
  figure.state.set({ number: 0 });
  assert.equal(figure.note.textContent, "");
  end();
});

test("the hash of the page sets the state; one that is wrong is refused", async () => {
  const { figure, end } = mounted({ id: "fig-a" });
  const go = async (hash) => {
    location.hash = hash;
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  };
  await go('fig-a&state={"number":1}');
  assert.equal(figure.state.get("number"), 1);
  await go('fig-a&state={"number":7}');
  assert.equal(figure.note.textContent, "The state in the link was not used: a number must be a number from -1 to 1.");
  assert.equal(figure.state.get("number"), 0.5);
  await go('fig-b&state={"number":-1}');
  assert.equal(figure.state.get("number"), 0.5);
  end();
  await go('fig-a&state={"number":-1}');
  assert.equal(figure.state.get("number"), 0.5);
});

test("a figure without a name has no button for a link", () => {
  const names = (id) => lastButtons(new Figure(RULES, {}), id).map((node) => node.textContent);
  assert.deepEqual(names(""), ["Reset"]);
  assert.deepEqual(names("fig-a"), ["Reset", "Copy link"]);
});

test("Reset goes back to the state of the author", () => {
  const figure = new Figure(RULES, { number: 0.25 });
  figure.state.set({ number: 1 });
  lastButtons(figure, "")[0].click();
  assert.equal(figure.state.get("number"), 0.25);
});
