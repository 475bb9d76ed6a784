// The coordinate system, ellipses, and the axes that are labelled anew.
import assert from "node:assert/strict";
import test from "node:test";
import { LINE, makeDensities, rescale } from "../../klhelpers/live/js/densities.js";
import { Figure } from "../../klhelpers/live/js/figure.js";
import { fitLosses, fitPanel, stepMark } from "../../klhelpers/live/js/fitviews.js";
import { mixture } from "../../klhelpers/live/js/mixture.js";
import { makeBars } from "../../klhelpers/live/js/pair.js";
import { ellipses, makePlane } from "../../klhelpers/live/js/plane.js";
import { RULES } from "../../klhelpers/live/js/rules.js";
import { makeValleys, minimumName } from "../../klhelpers/live/js/valleys.js";
import { close } from "./close.mjs";

const plane = () => makePlane({ x: [-2, 2], y: [0, 10], width: 200, height: 100, label: "a plane" });
const texts = (node) => [...node.querySelectorAll("text")].map((one) => one.textContent);

test("places and pixels are inverse, and up is up", () => {
  const { toX, toY, fromX, fromY } = plane();
  close([fromX(toX(0.3)), fromY(toY(7))], [0.3, 7]);
  assert.ok(toX(1) > toX(0) && toY(1) < toY(0));
});

test("ticks have true minus signs", () => {
  assert.deepEqual(texts(plane().xaxis), ["−2", "−1", "0", "1", "2"]);
});

test("another range labels the axis anew", () => {
  const made = plane();
  made.scaleX([0, 4]);
  assert.deepEqual(texts(made.xaxis), ["0", "1", "2", "3", "4"]);
  close(made.fromX(made.toX(3)), 3);
  rescale(made, [-10, 20]);
  assert.deepEqual([made.y, texts(made.yaxis)], [[-10, 20], ["0", "5", "10", "15", "20"]]);
});

test("ellipses are circles that the factor moves", () => {
  const { node, draw } = ellipses("p", [2, 1]);
  draw({ loc: [1, -1], tril: [2, 0.5, 1] });
  assert.equal(node.getAttribute("transform"), "matrix(2 -0.5 0 1 1 1)");
  assert.deepEqual([...node.children].map((one) => one.getAttribute("r")), ["2", "1"]);
});

test("bars say value, floor and gap, and point beyond the axis", () => {
  const { node, draw } = makeBars();
  draw("reverse", 1, 0.25);
  draw("forward", Infinity, undefined);
  assert.equal(
    node.getAttribute("aria-label"),
    "KL(q‖p) = 1.0000: floor 0.2500, gap 0.7500; KL(p‖q) = ∞; in nats.",
  );
  const arrows = [...node.querySelectorAll("path.kl-fill")].map((one) => one.style.display);
  assert.deepEqual(arrows, ["none", ""]);
});

test("marks of both directions differ in shape", () => {
  const [one, other] = ["reverse", "forward"].map((d) => stepMark(d).getAttribute("d"));
  assert.notEqual(one, other);
});

const q = (x) => ({ loc: [x, 0], tril: [1, 0, 1] });

test("the panel of a fit shows q while it is in the picture", () => {
  const panel = fitPanel("reverse");
  const line = { q: [q(0), q(9), q(1e6)], last: 2, diverged: true };
  const seen = [0, 1, 2].map((step) => {
    panel.draw(q(0), line, step, true);
    const [mark] = panel.plane.front.querySelectorAll(".kl-dot");
    return mark.style.display;
  });
  assert.deepEqual(seen, ["", "none", "none"]);
  assert.equal(panel.plane.front.textContent, "diverged at step 3");
});

test("the losses are drawn on a linear and on a logarithmic axis", () => {
  const losses = fitLosses();
  const line = { q: [q(0), q(0)], loss: [1, 0.5], last: 1, diverged: false };
  const run = { lines: { reverse: line }, floor: 0, end: 1, taken: 1, changed: true, number: 1 };
  for (const log of [false, true]) {
    losses.draw(run, [], log, 1);
    assert.match(losses.node.querySelector("path.kl-reverse[d^=M]").getAttribute("d"), /^M[-\d.]+ /);
  }
  assert.ok(texts(losses.node).some((text) => text.startsWith("10⁻")));
});

test("a minimum is called by its place", () => {
  const names = (count) => Array.from({ length: count }, (_, i) => i).map((one, _, all) => minimumName(all, one));
  assert.deepEqual(names(1), ["the only minimum"]);
  assert.deepEqual(names(3), ["left", "middle", "right"]);
  assert.deepEqual(names(4)[3], "number 4");
});

test("bands without an end are told", () => {
  const valleys = makeValleys();
  valleys.drawCurves([[-1, 1], [0, 0.5], [1, 1]], [[-1, 1], [1, 1]], [0, 0.5]);
  valleys.drawQ(0, 1e9);
  valleys.drawBands({
    minima: [], minimum: null, bands: [{ from: -6, to: 6, minimum: null }], own: { path: [[0, 1]] },
  }, true);
  assert.equal(valleys.node.querySelector(".kl-bands").textContent, "no end");
  valleys.drawBands(null, true);
  assert.ok(valleys.node.querySelector(".kl-bands").classList.contains("kl-stale"));
});

test("the axis of densities grows with a peak, and does not shrink while a hand moves", () => {
  const figure = new Figure(RULES.modes, { scale: 0.1 });
  const { node, draw } = makeDensities(figure);
  document.body.append(node);
  const p = mixture(figure.state.values);
  const top = () => node.querySelector(".kl-data").getAttribute("viewBox").split(" ").map(Number);
  draw(p, {}, false);
  close(top(), [LINE[0], -4.2, LINE[1] - LINE[0], 4.2]);
  figure.state.set({ scale: 2 });
  draw(p, {}, true);
  close(top()[3], 4.2);
  draw(p, {}, false);
  close(top()[3], 0.5);
});
