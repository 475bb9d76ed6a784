// Node's file system, as far as these tests need it: files are read from where they were imported.
export async function readFile(url) {
  return (await fetch(url)).text();
}
