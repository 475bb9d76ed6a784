// The controls of a vector animation.
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const SETTLE = 400; // ms of rest before a screen reader is told
const SHOW = 12; // stills of the slide show that replaces motion
const NEWS = 4000; // ms for which the readout says what happened to a link

const ICONS = {
  first: "M5 4v12h2V4zm10 0-7 6 7 6z",
  previous: "M13 4 6 10l7 6z",
  play: "M6 3v14l11-7z",
  pause: "M5 4h4v12H5zm6 0h4v12h-4z",
  next: "M7 4l7 6-7 6z",
  last: "M13 4v12h2V4zM5 4l7 6-7 6z",
  loop: "M4 9a6 6 0 0 1 10.5-3L17 3.500V9h-5.500L13.400 7A4.500 4.500 0 0 0 5.500 9zm12 2a6 6 0 0 1"
    + "-10.500 3L3 16.500V11h5.500L6.600 13a4.500 4.500 0 0 0 7.900-2z",
  link: "M9 6H6a4 4 0 0 0 0 8h3v-2H6a2 2 0 0 1 0-4h3zm2 0h3a4 4 0 0 1 0 8h-3v-2h3a2 2 0 0 0 0-4h-3z"
    + "M7 9h6v2H7z",
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
    else {
      // A task for each player: a page of many answers its reader in between.
      const begin = () => setTimeout(() => this.begin());
      document.addEventListener("DOMContentLoaded", begin, { once: true });
    }
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
    addEventListener("beforeprint", () => { this.pause(); this.paper ??= stills(this); }, { signal });
    addEventListener("afterprint", () => { this.paper?.remove(); this.paper = null; }, { signal });
    addEventListener("hashchange", () => this.follow(location.hash), { signal });
    document.addEventListener("click", (event) => this.follow(hashClicked(event)), { signal });
    if (document.readyState === "complete") this.follow(location.hash);
    else addEventListener("load", () => this.follow(location.hash), { signal });
    this.link.hidden = !idOf(this);
    document.addEventListener("visibilitychange", () => document.hidden && this.pause(), { signal });
    this.sight = new IntersectionObserver(([entry]) => entry.isIntersecting || this.pause());
    this.sight.observe(this);
  }

  build() {
    const movie = JSON.parse(this.querySelector(":scope > script").textContent);
    this.movie = movie;
    this.count = movie.count;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    readTables(movie, this);
    const groups = this.querySelectorAll("[data-slot]");
    this.slots = movie.slots.map((stream, i) => new Slot(groups[i], stream, movie));
    this.speed = 1;
    this.controls();
    this.show(movie.start);
    this.range.setAttribute("aria-valuetext", this.label(this.frame));
  }

  controls() {
    const name = nameOf(this);
    const button = (face, label, action) => {
      const node = element("button", { type: "button", "aria-label": label, title: label }, icon(face));
      node.addEventListener("click", action);
      return node;
    };
    const stop = (frame) => () => { this.pause(); this.show(frame()); this.settle(); };
    this.toggle = button("play", "Play", () => (this.playing ? this.pause() : this.play()));
    this.looping = button("loop", "Loop", () => {
      const on = this.looping.getAttribute("aria-pressed") !== "true";
      this.looping.setAttribute("aria-pressed", on);
    });
    this.looping.setAttribute("aria-pressed", !!this.movie.repeat);
    this.range = element("input", {
      type: "range", min: 0, max: this.count - 1, step: 1,
      "aria-label": `${this.movie.slider || "Frame"}: ${name}`,
    });
    this.range.addEventListener("input", () => {
      this.pause();
      this.show(Number(this.range.value));
      this.settle();
    });
    this.pace = element("select", { "aria-label": "Speed", title: "Speed" },
      ...SPEEDS.map((s) => element("option", { value: s, ...(s === 1 && { selected: "" }) }, s + "×")));
    this.pace.addEventListener("change", () => { this.speed = Number(this.pace.value); this.restart(); });
    this.link = button("link", "Copy link to this frame", () => this.copy());
    this.readout = element("p", { class: "vp-readout" });
    this.voice = element("p", { class: "vp-voice", "aria-live": "polite" });
    const bar = element("div", { class: "vp-bar", role: "group", "aria-label": name },
      button("first", "First frame", stop(() => 0)),
      button("previous", "Previous frame", stop(() => this.frame - 1)),
      this.toggle,
      button("next", "Next frame", stop(() => this.frame + 1)),
      button("last", "Last frame", stop(() => this.count - 1)),
      this.range, this.pace, this.looping, this.link);
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

  // Go where a hash leads, if it leads here.
  follow(hash) {
    const frame = frameFor(this, hash);
    if (frame === null) return;
    this.pause();
    this.show(Number.isNaN(frame) ? this.frame : frame);
    this.settle();
    reveal(this);
  }

  // Without access to the clipboard, the address bar holds the link.
  async copy() {
    this.pause();
    const link = linkTo(this);
    try {
      await navigator.clipboard.writeText(link);
      this.say("The link to this frame is copied.");
    } catch {
      try { history.replaceState(history.state, "", link); } catch { location.hash = new URL(link).hash; }
      this.say("The link to this frame is in the address bar.");
    }
  }

  say(text) {
    this.readout.textContent = text;
    clearTimeout(this.telling);
    this.voice.textContent = text;
    setTimeout(() => { this.readout.textContent = this.label(this.frame); }, NEWS);
  }

  // With reduced motion, playing is a slide show: a still a second.
  restart() {
    const calm = this.calm.matches;
    this.rate = (calm ? 1 : this.movie.fps) * this.speed;
    this.stride = calm ? Math.max(1, Math.ceil(this.count / SHOW)) : 1;
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
