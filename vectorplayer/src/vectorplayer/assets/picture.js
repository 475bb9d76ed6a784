// Decode the moving slots and draw them as SVG elements: the counterpart of write/encoding.py.
const ALPHABET = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i))
  .filter((c) => !"&'<>\\`".includes(c)).join("");
const LAST = 54, MORE = 31, RUN = 85;
const SYMBOL = new Int8Array(128);
for (let i = 0; i < ALPHABET.length; i++) SYMBOL[ALPHABET.charCodeAt(i)] = i;
const SVG = "http://www.w3.org/2000/svg";

// Read the integers of a stream one by one; see write/encoding.py.
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

// Return the cubics of a Catmull-Rom spline; see record/curves.py.
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

// One place in the drawing order.  Its events are decoded when a frame first needs them.
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
    for (let i = shapes.length; i < this.cells.length; i++) this.cells[i].clear();
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

// An SVG element that remembers its attributes and sets only those that differ.
class Cell {
  constructor(node) { this.node = node; this.values = {}; this.number = -1; this.paint = {}; }
  set(name, value) {
    if ((this.values[name] ?? null) === value) return;
    this.values[name] = value;
    if (value === null) this.node.removeAttribute(name);
    else this.node.setAttribute(name, value);
  }
  // Show nothing, but keep the element: a later frame is likely to need it again.
  clear() {
    this.set(this.node.localName === "image" ? "href" : "d", null);
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
