// On paper the page is light, and answers and code that are folded are open; afterwards all is as
// it was.
(() => {
  const root = document.documentElement;
  let undo = [];

  addEventListener("beforeprint", () => {
    if (undo.length) return;
    const { theme } = root.dataset;
    root.dataset.theme = "light";
    const folds = document.querySelectorAll("details:not([open])");
    for (const fold of folds) fold.open = true;
    undo = [() => { root.dataset.theme = theme; }];
    for (const fold of folds) undo.push(() => { fold.open = false; });
  });

  addEventListener("afterprint", () => {
    for (const step of undo) step();
    undo = [];
  });
})();
