// The reader of streams, the paths and the tables of a player: what needs no page.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const ASSETS = "vectorplayer/src/vectorplayer/assets";
const { firstSentence, pathData, Reader, readShape, readStyles, splineData } = await load(
  [`${ASSETS}/tables.js`, `${ASSETS}/picture.js`, `${ASSETS}/links.js`],
  ["firstSentence", "pathData", "Reader", "readShape", "readStyles", "splineData"],
);

function all(text) {
  const reader = new Reader(text);
  const found = [];
  while (!reader.ended) found.push(reader.next());
  return found;
}

test("integers are read as the writer packs them", () => {
  assert.deepEqual(all("#$%a?"), [0, -1, 1, 400]);
  assert.deepEqual(all(""), []);
});

test("a run of zeros is as long as it says", () => {
  const zeros = all("~qg#");
  assert.equal(zeros.length, 1000);
  assert.ok(zeros.every((x) => x === 0));
});

test("a sentence ends before a capital letter, and not in a number", () => {
  assert.equal(firstSentence(" A line\n rises. Then it falls."), "A line rises.");
  assert.equal(firstSentence("It is 0.5 nats. q rises"), "It is 0.5 nats. q rises");
  assert.equal(firstSentence("Why? Élan."), "Why?");
  assert.equal(firstSentence(""), "");
});

test("a path is made of differences between its points", () => {
  assert.equal(pathData(["M", 1, "L", 2, "Z", 0], [1, 2, 3, 4, -5, -6], 0), "M1 2L4 6 -1 0Z");
});

test("a path may begin anywhere in the numbers", () => {
  assert.equal(pathData(["M", 1], [9, 9, 1, 2], 2), "M1 2");
});

test("a spline through points of a line stays on it", () => {
  assert.equal(splineData([0, 0, 30, 0, 60, 0], false), "C10 0 20 0 30 0 40 0 50 0 60 0");
});

test("a closed spline comes back to where it began", () => {
  const numbers = splineData([0, 0, 60, 0, 60, 60, 0, 60], true).slice(1).split(" ").map(Number);
  assert.equal(numbers.length, 24);
  assert.deepEqual(numbers.slice(-2), [0, 0]);
});

test("a path with a spline is closed if it says so", () => {
  assert.equal(pathData(["M", 1, "S", 2], [0, 0, 30, 0, 30, 0], 0), "M0 0C10 0 20 0 30 0 40 0 50 0 60 0");
});

test("shapes say how many numbers they take", () => {
  const images = [{ getAttribute: (name) => (name === "href" ? "data:image/png;base64,x" : null) }];
  assert.deepEqual(readShape("=M0 0", []), { tag: "path", width: 2, d: "M0 0" });
  assert.deepEqual(readShape("@0", images), { tag: "image", width: 4, href: "data:image/png;base64,x" });
  assert.deepEqual(readShape("ML12Z", []), { tag: "path", width: 26, runs: ["M", 1, "L", 12, "Z", 0] });
});

test("a style that is left out is that of the one before", () => {
  assert.deepEqual(readStyles([[3, { fill: "a;;b", stroke: "c" }], [1, {}]]), [
    { fill: "a", stroke: "c" }, { fill: "a", stroke: "c" }, { fill: "b", stroke: "c" }, {},
  ]);
  assert.deepEqual(readStyles([]), []);
});
