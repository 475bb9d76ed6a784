"""Run the command ``jupyter-book`` without an import that takes more than a second.

jsonschema, by which Jupyter Book checks its settings, imports rfc3987_syntax where that is
installed.  It compiles a grammar for a format of addresses which the settings do not have.
"""

import sys

sys.modules["rfc3987_syntax"] = None  # as if it were not installed

from jupyter_book.cli.main import main  # noqa: E402

main(prog_name="jupyter-book")
