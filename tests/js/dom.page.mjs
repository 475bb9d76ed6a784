// Elements, and what follows a handle.
import assert from "node:assert/strict";
import test from "node:test";
import { hold, html, set, soon, svg, tell, tellSoon } from "../../klhelpers/live/js/dom.js";

test("elements have their attributes and children, and texts stay texts", () => {
  const node = html("p", { title: '"<b>' }, "<b>", html("i"));
  assert.deepEqual([node.title, node.textContent, node.children.length], ['"<b>', "<b>", 1]);
  assert.equal(svg("circle", { r: 2 }).namespaceURI, "http://www.w3.org/2000/svg");
});

test("attributes are set as texts", () => {
  const node = html("p");
  set(node, { hidden: false, tabindex: 0 });
  assert.deepEqual([node.getAttribute("hidden"), node.getAttribute("tabindex")], ["false", "0"]);
});

test("a text stays one node, also if it was empty", () => {
  const node = html("p");
  tell(node, "a");
  tell(node, "<b>");
  tell(node, "");
  assert.deepEqual([node.textContent, node.children.length], ["", 0]);
});

test("what follows a handle is done at once while none is held", () => {
  const node = html("p");
  tellSoon(node, "now");
  assert.equal(node.textContent, "now");
});

test("while a handle is held the last of several waits, and is done when it is released", () => {
  const node = html("p");
  const done = [];
  hold(true);
  soon(node, () => done.push(1));
  soon(node, () => done.push(2));
  assert.deepEqual(done, []);
  hold(false);
  assert.deepEqual(done, [2]);
});

test("what waits is done in between, too", async () => {
  const node = html("p");
  hold(true);
  tellSoon(node, "soon");
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.equal(node.textContent, "soon");
  hold(false);
});
