// The element of a live figure on a page: it needs neither a kernel nor the network.
import { FIGURES } from "./all.js";
import { RULES } from "./rules.js";

class LiveFigure extends HTMLElement {
  connectedCallback() {
    if (this.end) return;
    const kind = this.dataset.figure;
    const { values, about } = JSON.parse(this.querySelector("script").textContent);
    const id = this.closest("figure[id], [id^=fig-]")?.id ?? "";
    const alone = document.querySelector("kl-live") === this;
    const root = document.createElement("div");
    this.append(root);
    this.figure = FIGURES[kind](RULES[kind], values, { id, about });
    this.end = this.figure.mount(root, { id, alone });
    this.dataset.ready = "";
  }
}

if (!customElements.get("kl-live")) customElements.define("kl-live", LiveFigure);
