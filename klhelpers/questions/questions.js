// Questions that check themselves. Nothing global but the name of the custom element.
(() => {
  if (customElements.get("kl-questions")) return;

  const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  }

  // A decimal number or a fraction, with a point or a comma, and optionally its unit.
  function readNumber(text, unit) {
    text = text.trim().replace(/[\u2212\u2013]/g, "-").replace(/,/g, ".");
    if (unit && text.toLowerCase().endsWith(unit.toLowerCase())) text = text.slice(0, -unit.length);
    const parts = text.split("/").map((part) => part.trim());
    if (parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return NaN;
    const [above, below = 1] = parts.map(Number);
    return above / below;
  }

  class Questions extends HTMLElement {
    connectedCallback() {
      if (document.readyState !== "loading") this.build();
      else document.addEventListener("DOMContentLoaded", () => this.build(), { once: true });
    }

    build() {
      if (this.built) return;
      this.built = true;
      for (const form of this.querySelectorAll("form")) this.prepare(form);
    }

    prepare(form) {
      const fieldset = form.querySelector("fieldset");
      const list = fieldset.querySelector("ol");
      const judge = list ? this.choose(form, list) : this.enter(form, fieldset.querySelector("p"));
      const status = element("p", { role: "status" });
      const button = element("button", { type: "submit" }, "Check");
      fieldset.append(button, status);
      form.addEventListener("input", () => this.say(status));
      // In a notebook a bare key would be a command: "d" deletes, an arrow goes to the next cell.
      form.addEventListener("keydown", (event) => {
        if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
      });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.say(status, ...judge());
      });
    }

    // Radio buttons; a group is confined to its form, so that one name does for all.
    choose(form, list) {
      const entries = form.querySelectorAll("details li");
      const radios = [...list.children].map((item) => {
        const radio = element("input", { type: "radio", name: "answer" });
        item.append(element("label", {}, radio, element("span", {}, ...item.childNodes)));
        return radio;
      });
      return () => {
        const chosen = radios.findIndex((radio) => radio.checked);
        return chosen < 0 ? ["ask", "Choose an answer first."] : this.judged(entries[chosen]);
      };
    }

    enter(form, prompt) {
      const entries = [...form.querySelectorAll("details p")];
      const unit = prompt.dataset.unit;
      const input = element("input", { type: "text", inputmode: "decimal" });
      prompt.append(element("label", {}, element("span", {}, ...prompt.childNodes), input));
      input.addEventListener("input", () => input.removeAttribute("aria-invalid"));
      return () => {
        const value = readNumber(input.value, unit);
        if (!Number.isFinite(value)) {
          input.setAttribute("aria-invalid", "true");
          input.focus();
          return ["ask", "Enter a number, such as 0.25 or 1/4."];
        }
        const found = entries.find(({ dataset }) =>
          Math.abs(value - dataset.value) <= dataset.tolerance * (1 + 1e-9));
        return this.judged(found || entries.at(-1));
      };
    }

    judged(entry) {
      const right = "right" in entry.dataset;
      const words = entry.querySelector("span").cloneNode(true);
      return right ? ["right", "✓ Right.", words] : ["wrong", "✗ Not right.", words];
    }

    // An empty text clears the verdict. A verdict is announced even if it repeats the last one.
    say(status, verdict = "", title = "", ...words) {
      status.dataset.verdict = verdict;
      status.replaceChildren(...(title ? [element("strong", {}, title), " ", ...words] : []));
    }
  }

  customElements.define("kl-questions", Questions);
})();
