"""See that pages with the address of a site are those that were tested, but for addresses.

``make site`` builds the pages again with ``SITE_URL``.  This compares ``_build/html`` with the
archive of the pages without an address, and ends with an error if anything else differs.
"""

import re
import sys

from reproduce import OF_SPHINX
from sbom import ROOT
from site_zip import place, unpacked

ADDRESSES = [
    re.compile(rb'\s*<link rel="canonical" href="[^"]*" ?/>'),
    re.compile(rb'\s*<meta property="og:url" content="[^"]*" />'),
    re.compile(rb'(?<=<meta property="og:image" content=")[^"]*?(?=_static/previews/)'),
    re.compile(rb', "url": "[^"]*"(?=[,}])'),
]
"""What a page says of its address.  The last is part of the data block of `learning_resource`."""

OF_THE_SITE = {"sitemap.xml", "404.html"}
"""A list of addresses, and a page whose links are for a server."""


def without_addresses(page):
    """Return a page without what it says of its address."""
    for address in ADDRESSES:
        page = address.sub(b"", page)
    return page


def differences(tested, site):
    """Return the names of files that differ in more than addresses."""
    names = (tested.keys() | site.keys()) - OF_THE_SITE
    return sorted(
        name
        for name in names
        if without_addresses(tested.get(name, b"missing")) != without_addresses(site.get(name, b""))
    )


def main():
    """Compare, and say what differs."""
    pages = ROOT / "_build" / "html"
    site = {
        path.relative_to(pages).as_posix(): path.read_bytes()
        for path in pages.rglob("*")
        if path.is_file() and path.name != OF_SPHINX
    }
    if found := differences(unpacked(place()), site):
        sys.exit("These files are not those that were tested:\n  " + "\n  ".join(found))
    print(
        f"The {len(site)} files of the site differ from those that were tested in addresses only."
    )


if __name__ == "__main__":
    main()
