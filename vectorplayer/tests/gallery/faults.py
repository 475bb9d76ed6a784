"""What the package does not do right yet: the layer and the fault, by test and animation.

A test that is named here must fail; once it passes, its line has to go.
"""

FAULTS: dict[str, dict[str, str]] = {}
