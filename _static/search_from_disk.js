// Search shows an excerpt of each page that it finds, which it fetches.  A browser forbids that
// for a book opened from a disk and logs errors; there the results go without excerpts.
if (window.location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
