// Handles in a picture: dragged by mouse, touch or pen, moved by arrow keys, announced by value.
import { set, svg } from "./dom.js";

const SHAPES = {
  p: (size) => svg("rect", { x: -size, y: -size, width: 2 * size, height: 2 * size }),
  q: (size) => svg("circle", { r: size }),
};
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/**
 * Put a handle into a plane and return the function that brings it up to date.
 *
 * name   accessible name
 * kind   class of its colour; a target's handle is a square
 * at     returns its place in data coordinates
 * move   is told where it is dragged to
 * nudge  is told [dx, dy] by arrow keys, ±1, or ±10 with Shift
 * value  returns [number, text with the unit]
 * range  of that number
 */
export function addHandle(plane, { name, kind, size = 6, at, move, nudge, value, range }) {
  const mark = SHAPES[kind === "p" ? "p" : "q"](size);
  const hit = svg("circle", { class: "kl-hit" });
  const node = svg("g", {
    class: `kl-handle kl-${kind}`, role: "slider", tabindex: 0, "aria-label": name,
    "aria-valuemin": range[0], "aria-valuemax": range[1],
  }, hit, svg("circle", { class: "kl-focus", r: size + 6 }), mark);
  plane.front.append(node);

  let grip = null; // while dragged: from the pointer's pixels to data, and the pointer's offset
  node.addEventListener("pointerdown", (event) => {
    if (event.button || grip) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    const back = plane.node.getScreenCTM().inverse();
    const data = ({ clientX, clientY }) => {
      const point = new DOMPoint(clientX, clientY).matrixTransform(back);
      return [plane.fromX(point.x), plane.fromY(point.y)];
    };
    const [x, y] = data(event);
    const [atX, atY] = at();
    grip = { id: event.pointerId, data, offset: [atX - x, atY - y] };
    node.classList.add("kl-held");
  });
  // Within an SVG, Chromium does not heed touch-action, and would scroll the page instead.
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  node.addEventListener("pointermove", (event) => {
    if (grip?.id !== event.pointerId) return;
    const [x, y] = grip.data(event);
    move([x + grip.offset[0], y + grip.offset[1]]);
  });
  const release = (event) => {
    if (grip?.id !== event.pointerId) return;
    grip = null;
    node.classList.remove("kl-held");
  };
  node.addEventListener("pointerup", release);
  node.addEventListener("pointercancel", release);
  node.addEventListener("lostpointercapture", release);
  node.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    nudge(arrow.map((x) => x * far));
  });

  let shown = "";
  return () => {
    const [x, y] = at();
    set(node, { transform: `translate(${plane.toX(x)} ${plane.toY(y)})` });
    const [number, text] = value();
    if (text === shown) return;
    shown = text;
    set(node, { "aria-valuenow": number, "aria-valuetext": text });
  };
}
