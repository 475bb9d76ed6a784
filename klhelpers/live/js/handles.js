// Handles in a picture: dragged by mouse, touch or pen, moved by keys, announced by value.
import { hold, set, svg } from "./dom.js";

const KEYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1],
  PageDown: [0, -10], PageUp: [0, 10], Home: [-Infinity, 0], End: [Infinity, 0],
};
const COARSE = matchMedia("(pointer: coarse)");
const MARGIN = 8; // between the frame of the picture and a handle that would lie outside

/** The least distance between handles of one Gaussian, in units of the horizontal axis. */
export function apart(plane) {
  const pixels = (COARSE.matches ? 44 : 24) * (plane.unit ?? 1);
  return plane.fromX(pixels) - plane.fromX(0);
}

/** How much of the way between two places in pixels lies in the picture, as a ratio. */
function partInside({ x, y, toX, toY }, from, to) {
  return Math.min(1, ...[x.map(toX), y.map(toY)].map((ends, i) => {
    const way = to[i] - from[i];
    const most = ends.map((end, k) => (end + (i === k ? MARGIN : -MARGIN) - from[i]) / way);
    return way ? Math.max(...most) : 1;
  }));
}

/** What the handles of one plane share: a pointer takes the one that is nearest. */
function listen(plane) {
  const { node, front } = plane;
  const handles = [];
  const grips = new Map(); // from the id of a pointer to what it drags
  const onHandle = ({ target }) => target.closest(".kl-handle");
  front.addEventListener("pointerdown", (event) => {
    if (event.button || !onHandle(event)) return;
    event.preventDefault();
    const back = node.getScreenCTM().inverse();
    const pixels = ({ clientX, clientY }) => {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(back);
      return [x, y];
    };
    const [x, y] = pixels(event);
    let [nearest, least] = [null, Infinity];
    for (const one of handles) {
      if (one.held || one.node.style.display) continue;
      // Of two in the same place the focused one is taken, or else the upper one.
      const far = Math.hypot(one.place[0] - x, one.place[1] - y) - one.node.matches(":focus");
      if (far <= least) [nearest, least] = [one, far];
    }
    if (!nearest) return;
    nearest.node.focus({ preventScroll: true });
    nearest.node.setPointerCapture(event.pointerId);
    nearest.held = true;
    hold(true);
    nearest.node.classList.add("kl-held");
    const end = nearest.end();
    grips.set(event.pointerId, { handle: nearest, pixels, offset: [end[0] - x, end[1] - y] });
  });
  // Within an SVG, Chromium does not heed touch-action, and would scroll the page instead.
  front.addEventListener("touchstart", (event) => {
    if (onHandle(event)) event.preventDefault();
  }, { passive: false });
  front.addEventListener("pointermove", (event) => {
    const grip = grips.get(event.pointerId);
    if (grip) grip.handle.drag(grip.pixels(event).map((v, i) => v + grip.offset[i]));
  });
  for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) {
    front.addEventListener(type, ({ pointerId }) => {
      const handle = grips.get(pointerId)?.handle;
      if (!handle) return;
      grips.delete(pointerId);
      handle.held = false;
      hold(grips.size > 0);
      handle.node.classList.remove("kl-held");
    });
  }
  new ResizeObserver(([{ contentRect: { width } }]) => {
    if (!width) return;
    plane.unit = plane.width / width; // of the picture in a pixel of the page
    node.style.setProperty("--kl-unit", plane.unit);
    for (const one of handles) one.update();
  }).observe(node);
  return handles;
}

/**
 * Put a handle into a plane and return the function that brings it up to date.
 *
 * name    accessible name
 * kind    class of its colour; a target's handle is a square
 * keys    what the keys do, where that is not plain
 * at      returns its place in data coordinates
 * around  returns the centre of an axis; if its end lies outside, the handle is put on the opposite
 *         end, or else on the axis inside the picture
 * stem    whether a line joins both
 * move    is told where it is dragged to
 * nudge   is told [dx, dy] by keys: ±1, or ±10 with Shift; [±∞, 0] is the end of the range
 * value   returns [number, text with the unit]
 * range   of that number
 */
export function addHandle(plane, options) {
  const { name, kind, keys, size = 6, at, around, stem, move, nudge, value, range } = options;
  const line = svg("path", { class: "kl-axes" });
  const mark = kind === "p" ? svg("path", { d: `M${-size} ${-size}h${2 * size}v${2 * size}H${-size}z` })
    : svg("circle", { r: size });
  const node = svg("g", {
    class: `kl-handle kl-${kind}`, role: "slider", tabindex: 0, "aria-label": name,
    "aria-valuemin": range[0], "aria-valuemax": range[1],
  }, line, svg("circle", { class: "kl-hit" }), svg("circle", { class: "kl-focus", r: size + 6 }), mark);
  if (keys) set(node, { "aria-description": keys });
  plane.front.append(node);
  node.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    nudge(key.map((x) => x * (event.shiftKey ? 10 : 1)));
  });

  const toPixels = ([x, y]) => [plane.toX(x), plane.toY(y)];
  const centre = () => toPixels((around ?? at)());
  /** A place on the other side of the centre, if the handle stands there. */
  let side = 1;
  const turned = (place) => {
    const from = side < 0 ? centre() : place;
    return place.map((v, i) => 2 * from[i] - v);
  };
  let shown = "";
  const handle = {
    node,
    place: [0, 0],
    end: () => turned(toPixels(at())),
    drag(place) {
      const [x, y] = turned(place);
      move([plane.fromX(x), plane.fromY(y)]);
    },
    update() {
      let place = handle.end();
      if (around) {
        const from = centre();
        const opposite = from.map((v, i) => 2 * v - place[i]);
        let [part, other] = [place, opposite].map((end) => partInside(plane, from, end));
        if (!handle.held && other > part) [part, place, side] = [other, opposite, -side];
        place = from.map((v, i) => v + part * (place[i] - v));
        if (stem) set(line, { d: `M0 0L${from.map((v, i) => v - place[i])}` });
      }
      handle.place = place;
      set(node, { transform: `translate(${place})` });
      const [number, text] = value();
      if (text === shown) return;
      shown = text;
      set(node, { "aria-valuenow": number, "aria-valuetext": text });
    },
  };
  plane.handles ??= listen(plane);
  plane.handles.push(handle);
  return handle.update;
}
