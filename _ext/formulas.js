// One formula per line in, as JSON: [TeX, whether it is displayed]. One line out for each.
"use strict";
const katex = require(process.argv[2]);
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [tex, displayMode] = JSON.parse(line);
  const answer = {};
  try {
    answer.html = katex.renderToString(tex, {
      displayMode,
      throwOnError: true,
      strict: (code, message) => {
        answer.error = message;
        return "ignore";
      },
    });
  } catch (error) {
    answer.error = error.message;
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
