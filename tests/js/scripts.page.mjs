// What the scripts of players and of questions do with a page.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const ASSETS = "vectorplayer/src/vectorplayer/assets";
const {
  captionOf, Cell, element, frameFor, hashClicked, icon, idOf, linkTo, nameOf, readTables, reveal,
  Slot, stills, VectorPlayer,
} = await load(
  ["tables", "picture", "links", "paper", "player"].map((name) => `${ASSETS}/${name}.js`),
  ["captionOf", "Cell", "element", "frameFor", "hashClicked", "icon", "idOf", "linkTo", "nameOf",
    "readTables", "reveal", "Slot", "stills", "VectorPlayer"],
  'const location = { href: "https://example.org/a.html?b#c", hash: "" };',
);
const { progress, Questions } = await load(
  ["judge", "progress", "questions"].map((name) => `klhelpers/questions/${name}.js`),
  ["progress", "Questions"],
  'const location = { pathname: "/a" }; const localStorage = { getItem: () => "[", setItem() {}, removeItem() {} };',
);

const SVG = "http://www.w3.org/2000/svg";
const MOVIE = {
  count: 3, fps: 1, start: 0, labels: ["<b>one", "", "three"], styles: [[1, { fill: "red" }]],
  shapes: ["=M0 0h1"], slots: [""],
};

function page(inner) {
  document.body.innerHTML = inner;
  return document.querySelector("vector-player");
}

function fake(before = "", after = "") {
  const player = page(`${before}<vector-player><svg aria-label="A line rises. Then it falls."></svg></vector-player>${after}`);
  player.movie = {};
  player.frame = 7;
  return player;
}

test("an element has its attributes and children", () => {
  assert.equal(element("p", { id: "a" }, "<b>").outerHTML, '<p id="a">&lt;b&gt;</p>');
});

test("an icon is hidden from screen readers", () => {
  const node = icon("play");
  assert.equal(node.getAttribute("aria-hidden"), "true");
  assert.ok(node.firstChild.getAttribute("d"));
});

test("a player is called by its own name, its caption, or what is seen", () => {
  const player = fake("<figure>", '<figcaption>One <span aria-hidden="true">no</span> & two. Three.</figcaption></figure>');
  assert.equal(captionOf(player), "One  & two. Three.");
  assert.equal(nameOf(player), "One & two.");
  player.movie.name = "Mine";
  assert.equal(nameOf(player), "Mine");
  assert.equal(nameOf(fake()), "A line rises.");
});

test("a link names the nearest id, if no other player comes first under it", () => {
  assert.equal(idOf(fake('<figure id="fig-ä b">', "</figure>")), "fig-ä b");
  assert.equal(idOf(fake()), "");
  const first = fake('<div id="x"><vector-player></vector-player>', "</div>");
  const [, second] = document.querySelectorAll("vector-player");
  assert.deepEqual([idOf(first), idOf(second)], ["x", ""]);
});

for (const [hash, found] of [
  ["#fig-%C3%A4%20b&frame=12", 12], ["#fig-%C3%A4%20b&frame=-1", NaN], ["#fig-%C3%A4%20b&frame=", NaN],
  ["#fig-%C3%A4%20b", null], ["#other&frame=1", null], ["#%&frame=1", null], ["", null],
]) {
  test(`the hash "${hash}" leads to ${found}`, () => {
    assert.equal(frameFor(fake('<figure id="fig-ä b">', "</figure>"), hash), found);
  });
}

test("the link to a frame leads to that frame", () => {
  const player = fake('<figure id="fig-ä b">', "</figure>");
  const link = linkTo(player);
  assert.equal(link, "https://example.org/a.html?b#fig-%C3%A4%20b&frame=7");
  assert.equal(frameFor(player, link.slice(link.indexOf("#"))), 7);
});

test("a click in another tab, or beside a link, leads nowhere", () => {
  document.body.innerHTML = '<a href="https://example.org/a.html?b#d"><i></i></a><p></p>';
  const [i, p] = ["i", "p"].map((tag) => document.querySelector(tag));
  assert.equal(hashClicked({ target: i }), "#d");
  assert.equal(hashClicked({ target: i, ctrlKey: true }), "");
  assert.equal(hashClicked({ target: p }), "");
});

test("what is folded around a player is opened", () => {
  const player = fake("<details><summary>s</summary>", "</details>");
  player.range = document.body.appendChild(element("input", {}));
  reveal(player);
  assert.ok(document.querySelector("details").open);
  assert.equal(document.activeElement, player.range);
});

test("a cell sets what differs, and takes away what its next style lacks", () => {
  const node = document.createElementNS(SVG, "path");
  const cell = new Cell(node);
  cell.style([{ fill: "red", stroke: "blue" }, { fill: "green" }], 0);
  cell.style([{ fill: "red", stroke: "blue" }, { fill: "green" }], 1);
  assert.deepEqual([node.getAttribute("fill"), node.getAttribute("stroke")], ["green", null]);
  cell.set("d", "M0 0");
  cell.clear();
  assert.equal(node.getAttribute("d"), null);
});

test("a slot draws an item that moves, and nothing twice", () => {
  const movie = structuredClone(MOVIE);
  readTables(movie, document.body);
  const group = document.createElementNS(SVG, "g");
  const slot = new Slot(group, "", movie);
  slot.events = [{ styles: [0], shapes: [0], numbers: [3, 4] }, { styles: [], shapes: [], numbers: [] }];
  slot.starts = [0, 1];
  slot.end = 3;
  slot.show(0);
  assert.equal(group.firstChild.outerHTML.includes("translate(3 4)"), true);
  const { firstChild } = group;
  slot.show(1);
  assert.equal(firstChild.getAttribute("d"), null);
  slot.show(2);
  assert.equal(group.firstChild, firstChild);
});

function player(movie = MOVIE) {
  const data = JSON.stringify(movie).replaceAll("<", "\\u003c");
  return page(`<figure id="f"><vector-player><figure style="width:100px"><svg aria-label="a"><g data-slot></g></svg></figure><script type="application/json">${data}</script></vector-player></figure>`);
}
const still = () => ({ ...MOVIE, slots: [] });

test("frames are limited to those that there are, and labels are texts", () => {
  const one = player(still());
  assert.ok(one instanceof VectorPlayer);
  one.show(-5);
  assert.deepEqual([one.frame, one.readout.textContent, one.readout.children.length], [0, "<b>one", 0]);
  one.show(99);
  assert.equal(one.frame, 2);
  assert.equal(one.label(1), "frame 2 of 3");
});

test("keys step, and jump to the ends; others are left alone", () => {
  const one = player(still());
  const press = (key, more = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    one.range.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const went = ["End", "ArrowLeft", "ArrowRight", "ArrowRight", "Home", "ArrowLeft"].map((key) => {
    assert.ok(press(key));
    return one.frame;
  });
  assert.deepEqual(went, [2, 1, 2, 2, 0, 0]);
  assert.deepEqual([press("a"), press("End", { ctrlKey: true }), one.frame], [false, false, 0]);
});

test("paper has the first, the middle and the last frame, once each", () => {
  const texts = [...stills(player(still())).querySelectorAll("p")].map((p) => p.textContent);
  assert.deepEqual(texts, ["<b>one", "frame 2 of 3", "three", "3 of the 3 frames of an animation."]);
  const single = stills(player({ ...still(), count: 1 }));
  assert.equal(single.querySelectorAll("p").length, 2);
});

const FORM = '<kl-questions><form><fieldset><legend>One?</legend><ol><li>a</li><li>b</li></ol></fieldset>'
  + "<details><ol><li data-right><span>yes</span></li><li><span>no</span></li></ol></details></form></kl-questions>";

test("a storage with another content is no progress", () => {
  progress.load();
  assert.deepEqual(progress.kept, {});
});

test("equal questions are counted apart, and right answers are kept", () => {
  document.body.innerHTML = FORM + FORM;
  const forms = [...document.querySelectorAll("form")];
  assert.ok(document.querySelector("kl-questions") instanceof Questions);
  assert.deepEqual(forms.map((form) => form.dataset.question), ["One?", "One? (2)"]);
  forms[0].querySelectorAll("input")[1].click();
  forms[0].requestSubmit();
  assert.deepEqual(progress.kept, {});
  forms[0].querySelectorAll("input")[0].click();
  forms[0].requestSubmit();
  assert.deepEqual(progress.kept, { "One?": "0" });
  assert.match(document.querySelector(".kq-progress").textContent, /^1 of 2 on this page answered/);
  progress.reset();
  assert.deepEqual([progress.kept, forms[0].querySelector("input").checked], [{}, false]);
});
