// Which questions of a page have been answered, kept in the browser for the next visit. Where
// the browser forbids that, the page counts all the same. A notebook keeps no progress.
const progress = {
  key: `kl-questions:${location.pathname}`,
  questions: new Map(), // by their text and how often it came before
  lines: [],
  kept: {},

  load() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key));
      if (found && typeof found === "object") this.kept = found;
    } catch { /* no storage, or not ours */ }
  },

  save() {
    try {
      if (Object.keys(this.kept).length) localStorage.setItem(this.key, JSON.stringify(this.kept));
      else localStorage.removeItem(this.key);
    } catch { /* no storage */ }
  },

  // Returns what was kept of a question's answer. `reset` forgets the answer on the page.
  enter(form, text, reset) {
    let id = text;
    for (let copy = 2; this.questions.has(id); copy += 1) id = `${text} (${copy})`;
    this.questions.set(id, { form, reset });
    form.dataset.question = id;
    form.classList.toggle("kq-done", id in this.kept);
    return typeof this.kept[id] === "string" ? this.kept[id] : "";
  },

  answered(form, answer) {
    if (!("question" in form.dataset)) return;
    this.kept[form.dataset.question] = answer;
    form.classList.add("kq-done");
    this.save();
    this.tell();
  },

  reset() {
    this.kept = {};
    this.save();
    for (const { form, reset } of this.questions.values()) {
      form.classList.remove("kq-done");
      reset();
    }
    this.tell();
  },

  tell() {
    const ids = [...this.questions.keys()];
    const done = ids.filter((id) => id in this.kept).length;
    for (const line of this.lines) line.textContent = `${done} of ${ids.length} on this page answered`;
  },

  // The line under a group of questions.
  line() {
    const text = document.createElement("span");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Reset";
    button.addEventListener("click", () => {
      text.setAttribute("role", "status"); // only what the reader asked for is announced
      this.reset();
    });
    const line = document.createElement("p");
    line.className = "kq-progress";
    line.append(text, button);
    this.lines.push(text);
    return line;
  },
};
progress.load();
