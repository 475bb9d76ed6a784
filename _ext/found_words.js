// A page that was opened from the search marks the words that were found. Escape takes the marks
// away, and so does loading the page again.
(() => {
  const url = new URL(location.href);
  const asked = url.searchParams.get("highlight");
  if (!asked) return;
  url.searchParams.delete("highlight");
  try { history.replaceState(history.state, "", url); } catch { /* the address stays as it is */ }

  const words = new Set(asked.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 50));
  const article = document.querySelector("article");
  if (!article || !words.size) return;
  const SKIPPED = "script, style, svg, button, select, .katex, .headerlink, vector-player, kl-questions";
  const texts = [];
  const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (!walk.currentNode.parentElement.closest(SKIPPED)) texts.push(walk.currentNode);

  const marks = [];
  for (const node of texts) {
    const pieces = node.data.split(/([\p{L}\p{N}_]+)/u); // every second one is a word
    if (!pieces.some((piece, at) => at % 2 && words.has(piece.toLowerCase()))) continue;
    node.replaceWith(...pieces.map((piece, at) => {
      if (!(at % 2 && words.has(piece.toLowerCase()))) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      marks.push(mark);
      return mark;
    }));
  }
  if (!url.hash && marks.length) marks[0].scrollIntoView({ block: "center" });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const mark of marks.splice(0)) {
      const parent = mark.parentNode;
      mark.replaceWith(mark.textContent);
      parent?.normalize();
    }
  });
})();
