// Questions that check themselves. Nothing global but the name of the custom element.
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...children);
  return node;
}

class Questions extends HTMLElement {
  connectedCallback() {
    if (document.readyState !== "loading") this.build();
    else document.addEventListener("DOMContentLoaded", () => this.build(), { once: true });
  }

  build() {
    if (this.built) return;
    this.built = true;
    const inNotebook = this.closest(".jp-OutputArea");
    for (const form of this.querySelectorAll("form")) this.prepare(form, !inNotebook);
    if (!inNotebook) this.append(progress.line());
    progress.tell();
  }

  prepare(form, keep) {
    const fieldset = form.querySelector("fieldset");
    const text = form.querySelector("legend").textContent;
    const list = fieldset.querySelector("ol");
    const { judge, read, write } = list
      ? this.choose(form, list)
      : this.enter(form, fieldset.querySelector("p"));
    const status = element("p", { role: "status" });
    const button = element("button", { type: "submit" }, "Check");
    fieldset.append(button, status);
    if (keep) {
      const answer = progress.enter(form, text, () => {
        write("");
        this.say(status);
      });
      if (answer) write(answer);
    }
    form.addEventListener("input", () => this.say(status));
    // In a notebook a bare key would be a command: "d" deletes, an arrow goes to the next cell.
    form.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const verdict = judge();
      this.say(status, ...verdict);
      if (verdict[0] === "right") progress.answered(form, read());
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
    const chosen = () => radios.findIndex((radio) => radio.checked);
    return {
      judge: () => chosen() < 0
        ? ["ask", "Choose an answer first."]
        : this.judged(entries[chosen()]),
      read: () => String(chosen()),
      write: (index) => radios.forEach((radio, at) => { radio.checked = String(at) === index; }),
    };
  }

  enter(form, prompt) {
    const entries = [...form.querySelectorAll("details p")];
    const { unit, within } = prompt.dataset;
    const input = element("input", { type: "text", inputmode: "decimal" });
    prompt.append(element("label", {}, element("span", {}, ...prompt.childNodes), input));
    input.addEventListener("input", () => input.removeAttribute("aria-invalid"));
    const judge = () => {
      const typed = readNumber(input.value);
      if (!Number.isFinite(typed.value)) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return ["ask", "Enter a number, such as 0.25 or 1/4."];
      }
      const meets = ({ dataset }, value) =>
        Math.abs(value - dataset.value) <= dataset.tolerance * (1 + 1e-9);
      const answer = entries.find(({ dataset }) => "right" in dataset);
      const right = (value) => meets(answer, value);
      let remark = unitRemark(typed.value, typed.unit, unit, right);
      const found = entries.find((entry) => meets(entry, typed.value));
      if (!remark && !found) remark = nearRemark(typed, +answer.dataset.value, unit, within, right);
      return remark ? ["near", "≈ Not quite.", remark] : this.judged(found || entries.at(-1));
    };
    return { judge, read: () => input.value, write: (text) => { input.value = text; } };
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
