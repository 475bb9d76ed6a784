// The player of a vector animation. Nothing global but the name of the custom element.
(() => {
  if (customElements.get("vector-player")) return;

  const ALPHABET = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i))
    .filter((c) => !"&'<>\\`".includes(c)).join("");
  const LAST = 54, MORE = 31, RUN = 85;
  const SYMBOL = new Int8Array(128);
  for (let i = 0; i < ALPHABET.length; i++) SYMBOL[ALPHABET.charCodeAt(i)] = i;
  const SVG = "http://www.w3.org/2000/svg";
  const SPEEDS = [0.25, 0.5, 1, 2, 4];
  const SETTLE = 400; // ms of rest before a screen reader is told

  // Integers out of text, one at a time; see encode.py.
  class Reader {
    constructor(text) { this.text = text; this.at = 0; this.zeros = 0; }
    get ended() { return this.at >= this.text.length && this.zeros === 0; }
    unsigned() {
      let symbol = SYMBOL[this.text.charCodeAt(this.at++)], sum = 0, factor = 1;
      while (symbol >= LAST) {
        sum += factor * symbol;
        factor *= MORE;
        symbol = SYMBOL[this.text.charCodeAt(this.at++)];
      }
      return sum + factor * symbol;
    }
    next() {
      if (this.zeros > 0) { this.zeros--; return 0; }
      if (SYMBOL[this.text.charCodeAt(this.at)] === RUN) {
        this.at++;
        this.zeros = (this.unsigned() >> 1) + 2;
        return 0;
      }
      const z = this.unsigned();
      return z & 1 ? -((z + 1) / 2) : z / 2;
    }
  }

  // What a shape of the table is: its numbers, and how they become attributes.
  function readShape(text) {
    if (text[0] === "=") return { tag: "path", width: 2, d: text.slice(1) };
    if (text.startsWith("data:")) return { tag: "image", width: 4, href: text };
    const runs = [];
    let points = 0;
    for (const [, letter, count] of text.matchAll(/([MLQCSZ])(\d*)/g)) {
      const n = letter === "Z" ? 0 : Number(count || 1);
      runs.push(letter, n);
      points += n;
    }
    return { tag: "path", width: 2 * points, runs };
  }

  function pathData(runs, numbers, at) {
    let d = "", x = 0, y = 0;
    for (let r = 0; r < runs.length; r += 2) {
      const letter = runs[r];
      if (letter === "S") {
        const knots = [x, y];
        for (let k = runs[r + 1]; k > 0; k--) knots.push(x += numbers[at++], y += numbers[at++]);
        d += splineData(knots, runs[r + 2] === "Z");
        continue;
      }
      d += letter;
      for (let k = runs[r + 1]; k > 0; k--) {
        x += numbers[at++];
        y += numbers[at++];
        d += x + " " + y + (k > 1 ? " " : "");
      }
    }
    return d;
  }

  // The cubics of a Catmull-Rom spline; see curves.py.
  function splineData(knots, closed) {
    const n = knots.length / 2, pieces = closed ? n : n - 1;
    const knot = (i, axis) => {
      if (closed) return knots[2 * ((i + n) % n) + axis];
      if (i < 0) return 2 * knots[axis] - knots[2 + axis];
      if (i >= n) return 2 * knots[2 * n - 2 + axis] - knots[2 * n - 4 + axis];
      return knots[2 * i + axis];
    };
    let d = "C";
    for (let i = 0; i < pieces; i++) {
      const [hx, hy] = [0, 1].map((a) => knot(i, a) + (knot(i + 1, a) - knot(i - 1, a)) / 6);
      const [gx, gy] = [0, 1].map((a) => knot(i + 1, a) - (knot(i + 2, a) - knot(i, a)) / 6);
      d += [hx, hy, gx, gy, knot(i + 1, 0), knot(i + 1, 1)].map(Math.round).join(" ") + " ";
    }
    return d.trimEnd();
  }

  // One place of the drawing order, decoded as far as it was needed.
  class Slot {
    constructor(group, stream, movie) {
      this.group = group;
      this.movie = movie;
      this.reader = new Reader(stream);
      this.starts = [];
      this.events = [];
      this.end = 0;
      this.shown = null;
      this.cells = [];
    }
    event(frame) {
      while (this.end <= frame && !this.reader.ended) this.decode();
      let low = 0, high = this.starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.starts[middle] <= frame) low = middle; else high = middle - 1;
      }
      return this.events[low];
    }
    decode() {
      const { reader, movie } = this;
      const before = this.events.at(-1) || { styles: [], shapes: [], numbers: [] };
      const hold = reader.next(), count = before.styles.length + reader.next();
      const changes = reader.next();
      let { styles, shapes } = before, fresh = null;
      if (changes || count !== styles.length) {
        styles = styles.slice(0, count);
        shapes = shapes.slice(0, count);
        fresh = new Map();
        for (let k = 0, index = 0; k < changes; k++, index++) {
          index += reader.next();
          styles[index] = reader.next();
          const shape = reader.next();
          shapes[index] = shape >> 1;
          fresh.set(index, !(shape & 1));
        }
      }
      let total = 0;
      for (const shape of shapes) total += movie.shapes[shape].width;
      const numbers = new Int32Array(total);
      for (let i = 0, at = 0, old = 0; i < count; i++) {
        const width = movie.shapes[shapes[i]].width;
        const had = i < before.shapes.length ? movie.shapes[before.shapes[i]].width : 0;
        const common = fresh && fresh.get(i) ? 0 : Math.min(width, had);
        for (let k = 0; k < width; k++) {
          numbers[at + k] = reader.next() + (k < common ? before.numbers[old + k] : 0);
        }
        at += width;
        old += had;
      }
      this.starts.push(this.end);
      this.events.push({ styles, shapes, numbers });
      this.end += hold;
    }
    show(frame) {
      const event = this.event(frame);
      if (event === this.shown) return;
      if (this.shown === null) this.group.replaceChildren();
      this.shown = event;
      const { styles, shapes, numbers } = event;
      for (let i = 0, at = 0; i < shapes.length; i++) {
        const shape = this.movie.shapes[shapes[i]];
        const cell = this.cell(i, shape.tag);
        cell.style(this.movie.styles, styles[i]);
        if (shape.runs) {
          cell.set("d", pathData(shape.runs, numbers, at));
          cell.set("transform", null);
        } else if (shape.d) {
          cell.set("d", shape.d);
          cell.set("transform", `translate(${numbers[at]} ${numbers[at + 1]})`);
        } else {
          cell.set("href", shape.href);
          ["x", "y", "width", "height"].forEach((name, k) => cell.set(name, numbers[at + k]));
        }
        at += shape.width;
      }
      for (let i = shapes.length; i < this.cells.length; i++) this.cells[i].set("d", null);
      while (this.cells.length > shapes.length && this.cells.at(-1).node.localName === "image") {
        this.cells.pop().node.remove();
      }
    }
    cell(index, tag) {
      let cell = this.cells[index];
      if (cell && cell.node.localName === tag) return cell;
      const node = document.createElementNS(SVG, tag);
      if (cell) cell.node.replaceWith(node); else this.group.append(node);
      if (tag === "image") node.setAttribute("preserveAspectRatio", "none");
      return (this.cells[index] = new Cell(node));
    }
  }

  // An element that remembers its attributes and sets only those that differ.
  class Cell {
    constructor(node) { this.node = node; this.values = {}; this.number = -1; this.paint = {}; }
    set(name, value) {
      if ((this.values[name] ?? null) === value) return;
      this.values[name] = value;
      if (value === null) this.node.removeAttribute(name);
      else this.node.setAttribute(name, value);
    }
    style(styles, number) {
      if (number === this.number) return;
      const paint = styles[number];
      for (const name in this.paint) if (!(name in paint)) this.set(name, null);
      for (const name in paint) this.set(name, paint[name]);
      this.number = number;
      this.paint = paint;
    }
  }

  const ICONS = {
    first: "M5 4v12h2V4zm10 0-7 6 7 6z",
    previous: "M13 4 6 10l7 6z",
    play: "M6 3v14l11-7z",
    pause: "M5 4h4v12H5zm6 0h4v12h-4z",
    next: "M7 4l7 6-7 6z",
    last: "M13 4v12h2V4zM5 4l7 6-7 6z",
    loop: "M4 9a6 6 0 0 1 10.5-3L17 3.500V9h-5.500L13.400 7A4.500 4.500 0 0 0 5.500 9zm12 2a6 6 0 0 1"
      + "-10.500 3L3 16.500V11h5.500L6.600 13a4.500 4.500 0 0 0 7.900-2z",
  };

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  }

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  class VectorPlayer extends HTMLElement {
    connectedCallback() {
      if (this.querySelector(":scope > script")) this.begin();
      else document.addEventListener("DOMContentLoaded", () => this.begin(), { once: true });
    }

    disconnectedCallback() {
      this.pause();
      this.watching?.abort();
      this.sight?.disconnect();
    }

    begin() {
      if (!this.isConnected) return;
      if (!this.movie) this.build();
      this.watching = new AbortController();
      const { signal } = this.watching;
      addEventListener("beforeprint", () => { this.pause(); this.draw(this.count - 1); }, { signal });
      addEventListener("afterprint", () => this.draw(this.frame), { signal });
      document.addEventListener("visibilitychange", () => document.hidden && this.pause(), { signal });
      this.sight = new IntersectionObserver(([entry]) => entry.isIntersecting || this.pause());
      this.sight.observe(this);
    }

    build() {
      const movie = JSON.parse(this.querySelector(":scope > script").textContent);
      this.movie = movie;
      this.count = movie.count;
      this.calm = matchMedia("(prefers-reduced-motion: reduce)");
      movie.shapes = movie.shapes.map(readShape);
      const groups = this.querySelectorAll("[data-slot]");
      this.slots = movie.slots.map((stream, i) => new Slot(groups[i], stream, movie));
      this.speed = 1;
      this.controls();
      this.show(movie.start);
      this.range.setAttribute("aria-valuetext", this.label(this.frame));
    }

    controls() {
      const button = (name, label, action) => {
        const node = element("button", { type: "button", "aria-label": label, title: label }, icon(name));
        node.addEventListener("click", action);
        return node;
      };
      const stop = (frame) => () => { this.pause(); this.show(frame()); this.settle(); };
      this.toggle = button("play", "Play", () => (this.playing ? this.pause() : this.play()));
      this.looping = button("loop", "Loop", () => {
        const on = this.looping.getAttribute("aria-pressed") !== "true";
        this.looping.setAttribute("aria-pressed", on);
      });
      this.looping.setAttribute("aria-pressed", "false");
      this.range = element("input", {
        type: "range", min: 0, max: this.count - 1, step: 1,
        "aria-label": this.movie.slider || "Frame",
      });
      this.range.addEventListener("input", () => {
        this.pause();
        this.show(Number(this.range.value));
        this.settle();
      });
      this.pace = element("select", { "aria-label": "Speed", title: "Speed" },
        ...SPEEDS.map((s) => element("option", { value: s, ...(s === 1 && { selected: "" }) }, s + "×")));
      this.pace.addEventListener("change", () => { this.speed = Number(this.pace.value); this.restart(); });
      this.readout = element("p", { class: "vp-readout" });
      this.voice = element("p", { class: "vp-voice", "aria-live": "polite" });
      const bar = element("div", { class: "vp-bar", role: "group", "aria-label": "Player" },
        button("first", "First frame", stop(() => 0)),
        button("previous", "Previous frame", stop(() => this.frame - 1)),
        this.toggle,
        button("next", "Next frame", stop(() => this.frame + 1)),
        button("last", "Last frame", stop(() => this.count - 1)),
        this.range, this.pace, this.looping);
      bar.addEventListener("keydown", (event) => this.key(event));
      this.querySelector("figure").append(this.readout, bar, this.voice);
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const native = event.target.localName;
      const moves = {
        ArrowLeft: () => this.frame - 1, ArrowRight: () => this.frame + 1,
        Home: () => 0, End: () => this.count - 1,
      };
      if (event.key === " " && native !== "button" && native !== "select") {
        if (this.playing) this.pause(); else this.play();
      } else if (event.key in moves && native !== "select") {
        this.pause();
        this.show(moves[event.key]());
        this.settle();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }

    label(frame) {
      return this.movie.labels?.[frame] || `frame ${frame + 1} of ${this.count}`;
    }

    show(frame) {
      this.frame = Math.max(0, Math.min(this.count - 1, frame));
      this.draw(this.frame);
      this.range.value = this.frame;
      this.readout.textContent = this.label(this.frame);
    }

    draw(frame) {
      for (const slot of this.slots) slot.show(frame);
    }

    // Tell assistive technology where we are, once things have come to rest.
    settle() {
      this.range.setAttribute("aria-valuetext", this.label(this.frame));
      clearTimeout(this.telling);
      this.telling = setTimeout(() => { this.voice.textContent = this.label(this.frame); }, SETTLE);
    }

    // With reduced motion, playing is a slide show: a still a second, a dozen for the whole.
    restart() {
      const calm = this.calm.matches;
      this.rate = (calm ? 1 : this.movie.fps) * this.speed;
      this.stride = calm ? Math.max(1, Math.ceil(this.count / 12)) : 1;
      this.since = performance.now();
      this.from = this.frame;
    }

    play() {
      if (this.playing) return;
      if (this.frame === this.count - 1) this.show(0);
      this.playing = true;
      clearTimeout(this.telling);
      this.face("pause", "Pause");
      this.restart();
      const tick = (now) => {
        if (!this.playing) return;
        const steps = Math.floor(((now - this.since) / 1000) * this.rate);
        let frame = this.from + Math.max(0, steps) * this.stride;
        if (frame > this.count - 1 && this.frame === this.count - 1) {
          if (this.looping.getAttribute("aria-pressed") !== "true") return this.pause();
          frame = 0;
          this.since = now;
          this.from = 0;
        }
        frame = Math.min(frame, this.count - 1);
        if (frame !== this.frame) this.show(frame);
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    }

    pause() {
      if (!this.playing) return;
      this.playing = false;
      this.face("play", "Play");
      this.settle();
    }

    face(name, label) {
      this.toggle.replaceChildren(icon(name));
      this.toggle.setAttribute("aria-label", label);
      this.toggle.title = label;
    }
  }

  customElements.define("vector-player", VectorPlayer);
})();
