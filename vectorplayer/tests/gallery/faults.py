"""What the package does not do right yet: the layer and the fault, by test and animation.

A test that is named here must fail; once it passes, its line has to go.
"""

FAULTS: dict[str, dict[str, str]] = {
    "test_it_is_not_larger_than_to_jshtml": {
        "fields.mesh": "record: images are PNG of their own and the still repeats the last one",
        "points.streams": "write: each colour is a style written in full",
    },
}
