// Read the tables of an animation: its shapes and its styles; see write/encoding.py.
function readTables(movie, player) {
  const images = player.querySelectorAll("image");
  movie.shapes = movie.shapes.map((text) => readShape(text, images));
  movie.styles = readStyles(movie.styles);
}

// Return how many numbers an item of a shape has and how they become attributes; ``@`` stands for
// a picture that is in the markup already.
function readShape(text, images) {
  if (text[0] === "@") text = images[text.slice(1)].getAttribute("href");
  if (text[0] === "=") return { tag: "path", width: 2, d: text.slice(1) };
  if (text.startsWith("data:")) return { tag: "image", width: 4, href: text };
  const runs = [];
  let points = 0;
  for (const [, letter, count] of text.matchAll(/([MLQCSZ])(\d*)/g)) {
    const n = letter === "Z" ? 0 : Number(count || 1);
    runs.push(letter, n);
    points += n;
  }
  return { tag: "path", width: 2 * points, runs };
}

// Return the attributes of each style.
function readStyles(runs) {
  return runs.flatMap(([count, columns]) => {
    const styles = Array.from({ length: count }, () => ({}));
    for (const name in columns) {
      const values = columns[name].split(";");
      let value;
      styles.forEach((style, i) => { style[name] = value = values[i] || value; });
    }
    return styles;
  });
}
