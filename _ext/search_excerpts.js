// The search page shows an excerpt of each result, from the texts that the build wrote: nothing
// is fetched, so that it works from a disk too. Links carry the words that were found.
var SPHINX_HIGHLIGHT_ENABLED = false; // searchtools.js asks for it
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

(() => {
  const AROUND = 110; // characters on each side of the first word that was found
  const WORD = /[\p{L}\p{N}_]+/gu;
  const stemmer = new Stemmer();
  const stem = (word) => stemmer.stemWord(word.toLowerCase());
  const query = new URLSearchParams(location.search).get("q") || "";
  const asked = splitQuery(query.toLowerCase())
    .filter((word) => !stopwords.includes(word))
    .map((word) => ({ word, stem: stem(word) }));

  const known = new Map(); // the judgement of each word
  function isAsked(word) {
    if (!known.has(word)) {
      const lower = word.toLowerCase();
      known.set(word, asked.some((one) =>
        stem(word) === one.stem || (one.word.length > 2 && lower.includes(one.word))));
    }
    return known.get(word);
  }

  const found = (text) => [...text.matchAll(WORD)].filter(([word]) => isAsked(word));

  // The text of the section that a result leads to, else of the first section with a word.
  function passage(sections, anchor) {
    const there = sections.filter(([id]) => id === anchor);
    const text = ([, words]) => words;
    const all = [...there, ...sections];
    return text(all.find((section) => found(section[1]).length) || all[0] || ["", ""]);
  }

  function excerpt(text) {
    const words = found(text);
    const at = words.length ? words[0].index : 0;
    const start = at <= AROUND ? 0 : text.indexOf(" ", at - AROUND) + 1;
    const cut = text.length <= at + AROUND ? text.length : text.lastIndexOf(" ", at + AROUND);
    const end = Math.max(cut, at + (words.length ? words[0][0].length : 0));
    const line = document.createElement("p");
    line.className = "context";
    let place = start;
    for (const { 0: word, index } of words.filter(({ index }) => index < end)) {
      const mark = document.createElement("mark");
      mark.textContent = word;
      line.append(text.slice(place, index), mark);
      place = index + word.length;
    }
    line.append(text.slice(place, Math.max(place, end)));
    line.prepend(start ? "… " : "");
    line.append(end < text.length ? " …" : "");
    return line;
  }

  function complete(item) {
    const link = item.querySelector("a[href]");
    if (!link || item.querySelector(".context")) return;
    const [file, anchor = ""] = link.getAttribute("href").split("#");
    const sections = SEARCH_TEXTS[file.replace(/\.html$/, "")];
    if (!sections) return;
    const words = new Set(sections.flatMap(([, text]) => found(text).map(([word]) => word.toLowerCase())));
    if (words.size) {
      const asQuery = encodeURIComponent([...words].slice(0, 30).join(" "));
      link.href = `${file}?highlight=${asQuery}${anchor && `#${anchor}`}`;
    }
    item.append(excerpt(passage(sections, anchor)));
  }

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.matches?.("ul.search > li")) complete(node);
  }).observe(document.getElementById("search-results"), { childList: true, subtree: true });
})();
