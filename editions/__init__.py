"""The book as a PDF for paper and as an EPUB, both made from the built pages.

`book` reads the pages, `stills` adds three stills for each animation, `static` takes out what
needs a screen, and `links` makes one net of all links.  Then `pdf` prints one long page, and
`epub` packs one file for each page.
"""
