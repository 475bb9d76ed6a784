"""How ``make links`` asks for addresses of other hosts.

A DOI leads to a publisher, and many publishers refuse programs.  So the registry of DOIs is asked
instead, whether it knows the DOI; it answers 404 if not.
"""

import re
from typing import Any

from sphinx.application import Sphinx

DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(?!api/)(10\.\d{4,9}/\S+)")


def asked_instead(app: Sphinx, address: str) -> str | None:
    """Return the address to ask in place of another (event ``linkcheck-process-uri``).

    Examples
    --------
    >>> asked_instead(None, "https://doi.org/10.1214/aoms/1177729694")
    'https://doi.org/api/handles/10.1214/aoms/1177729694'
    >>> asked_instead(None, "https://example.org/")
    """
    found = DOI.fullmatch(address)
    return f"https://doi.org/api/handles/{found[1]}" if found else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Act in the builder that checks links alone."""
    app.connect("linkcheck-process-uri", asked_instead)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
