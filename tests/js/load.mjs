// Functions of scripts that are no modules: the files are joined, as on a page, and export them.
import { readFile } from "node:fs/promises";

const ROOT = new URL("../../", import.meta.url);

/** The named functions of some files; `before` stands in front of them. */
export async function load(files, names, before = "") {
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, ROOT), "utf-8")));
  const code = `${before}\n${texts.join("\n")}\nexport { ${names.join(", ")} };`;
  return import(`data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`);
}
