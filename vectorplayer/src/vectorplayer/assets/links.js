// Names of a player, and links to its frames: #fig-name&frame=57.
const SPOKEN = "[aria-hidden=true], annotation, .headerlink"; // left out: shown twice, or no words

function firstSentence(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return /^.*?[.!?](?=\s\p{Lu})/u.exec(line)?.[0] ?? line;
}

// The caption of the figure around a player, as it is read aloud.
function captionOf(player) {
  const caption = player.closest("figure")?.querySelector("figcaption")?.cloneNode(true);
  caption?.querySelectorAll(SPOKEN).forEach((node) => node.remove());
  return caption?.textContent ?? "";
}

function nameOf(player) {
  const alt = player.querySelector("svg[aria-label]")?.getAttribute("aria-label") ?? "";
  return player.movie.name || firstSentence(captionOf(player)) || firstSentence(alt) || "Player";
}

// The id that a link can name: the nearest one, if no other player comes first under it.
// JupyterLab gives its panels new ids each time, so there it must be that of a figure.
function idOf(player) {
  const lab = "jpThemeLight" in document.body.dataset;
  const holder = player.closest(lab ? "figure[id], vector-player[id]" : "[id]");
  const first = holder === player || holder?.querySelector("vector-player") === player;
  return first ? holder.id : "";
}

function linkTo(player) {
  return location.href.split("#")[0] + `#${encodeURIComponent(idOf(player))}&frame=${player.frame}`;
}

// What a hash says to a player: nothing, or a frame, which is NaN if it is no number.
function frameFor(player, hash) {
  const [, id, frame] = /^#(.+)&frame=(.*)$/.exec(hash) ?? [];
  try {
    if (!id || decodeURIComponent(id) !== idOf(player)) return null;
  } catch {
    return null; // no valid encoding
  }
  return /^\d+$/.test(frame) ? Number(frame) : NaN;
}

function reveal(player) {
  for (let node = player; node; node = node.parentElement) {
    if (node.localName === "details") node.open = true;
  }
  const tall = player.offsetHeight > innerHeight;
  player.scrollIntoView({ block: tall ? "start" : "center" });
  player.range.focus({ preventScroll: true, focusVisible: true });
}

// The hash of a link to this page that was clicked.  The browser reports no hashchange if it is in
// the address bar already, and JupyterLab keeps clicks to itself.
function hashClicked(event) {
  const link = event.target.closest?.("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // another tab or window
  const here = link?.href.split("#")[0] === location.href.split("#")[0];
  return here && !elsewhere ? link.hash : "";
}
