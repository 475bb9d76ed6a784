// Code and outputs that scroll are tab stops, so that the arrow keys can move them. Their sizes are
// read when the browser has laid them out, folded ones after they were opened.
(() => {
  const boxes = document.querySelectorAll("pre, .cell_output > .output");
  const scrolls = (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  const watch = new ResizeObserver((entries) => {
    const found = entries.map(({ target }) => [target, scrolls(target) ? 0 : -1]);
    for (const [box, index] of found) box.tabIndex = index;
  });
  for (const box of boxes) watch.observe(box);
})();
