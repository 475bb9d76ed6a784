"""What the package does not do right yet: the layer and the fault, by test and animation.

A test that is named here must fail; once it passes, its line has to go.
"""

_DRAWN_WRONG = {
    "fields.stepped_colours": "record: edges that are not antialiased have another width",
    "points.clusters": "record: mathtext is measured without Agg's margin of a pixel",
    "shapes.energy_flows": "record: the codes of vertices within a curve are taken for operations",
}

FAULTS: dict[str, dict[str, str]] = {
    "test_it_looks_as_in_agg": {
        **_DRAWN_WRONG,
        "panels.twin_axes": "watch: a tight layout differs from that of savefig",
    },
    "test_the_last_frame_is_seen_without_scripts": _DRAWN_WRONG,
    "test_it_is_not_larger_than_to_jshtml": {
        "fields.mesh": "record: images are PNG of their own and the still repeats the last one",
        "points.streams": "write: each colour is a style written in full",
    },
}
