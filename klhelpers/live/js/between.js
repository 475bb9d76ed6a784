// Between the directions: the best diagonal q for an order from reverse (0) to forward (1).
import { button, numberFields, numberSlider } from "./controls.js";
import { fixed, html, nats, tellSoon } from "./dom.js";
import { Figure, lastButtons } from "./figure.js";
import { ARROW, DIRECTIONS, divergence, floor } from "./gaussian.js";
import { addHands, gaussianIn, heldAxes } from "./hands.js";
import { optimumOfOrder } from "./order.js";
import { makeBars } from "./pair.js";
import { ellipses, makePlane } from "./plane.js";

export function betweenFigure(rules, values, { id } = {}) {
  const figure = new Figure(rules, values);
  const { state } = figure;
  const plane = makePlane({
    x: [-5, 5], y: [-5, 5], width: 380, height: 375, xlabel: "x₁", ylabel: "x₂",
    label: "p, dashed, and the best q, solid, as contours of 2 standard deviations; faint, the best q "
      + "of both directions",
  });
  const drawn = {
    p: ellipses("p", [2]), reverse: ellipses("reverse kl-ghost", [2]),
    forward: ellipses("forward kl-ghost", [2]), q: ellipses("q", [2]),
  };
  plane.data.append(...Object.values(drawn).map((one) => one.node));
  addHands(figure, plane, "p", heldAxes(figure, "p"));
  const bars = makeBars();
  const order = (text, alpha, attributes) => button(text, () => state.set({ alpha }), attributes);
  figure.parts.push(
    html("div", { class: "kl-row" },
      html("div", { class: "kl-picture" }, plane.node),
      html("div", { class: "kl-side" },
        bars.node,
        html("div", { class: "kl-grid" },
          ...["alpha", "correlation_p"].map((name) => numberSlider(figure, name, { text: fixed, step: 0.01 }))),
        html("div", { class: "kl-bar" },
          order("Reverse", 0, { class: "kl-reverse" }),
          order("α = 0.5", 0.5),
          order("Forward", 1, { class: "kl-forward" }),
          ...lastButtons(figure, id)),
        figure.add(numberFields(state, Object.keys(rules))))),
  );

  figure.updates.push(() => {
    const [p, alpha] = [gaussianIn(state, "p"), state.get("alpha")];
    const best = optimumOfOrder(alpha, p);
    drawn.p.draw(p);
    drawn.q.draw(best.q);
    const said = DIRECTIONS.map((direction, end) => {
      drawn[direction].draw(optimumOfOrder(end, p).q);
      const value = divergence(direction, p, best.q);
      bars.draw(direction, value, floor("diagonal", p));
      return `${ARROW[direction]} = ${nats(value)} nats`;
    });
    tellSoon(figure.sentence, `α = ${fixed(alpha)}: each variance of q is ${nats(best.ratio)} times that of `
      + `p, and the determinant ${nats(best.determinants)} times. ${said.join(", ")}.`);
  });
  return figure;
}
