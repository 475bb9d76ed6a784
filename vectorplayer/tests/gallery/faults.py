"""What the package does not do right yet: the stage and the fault, by test and animation.

A test that is named here must fail; once it passes, its line has to go.
"""

_STALE = {
    "looks.colours_in_place": "watch: sizes and colours of a collection changed in place",
    "panels.wandering_inset": "watch: the ticks of an inset that a locator moves",
    "points.compass_by_attributes": "watch: U, V and scale of a quiver, assigned",
    "shapes.angles": "watch: theta2 of an arc, assigned",
    "ticks.formats": "watch: ticklabel_format and locator_params leave the axis fresh",
    "ticks.formatter_with_a_memory": "watch: a tick formatter that reads outside state",
    "words.coloured_box": "watch: the colour of the box behind a text",
}

FAULTS: dict[str, dict[str, str]] = {
    "test_it_looks_as_in_agg": {
        **_STALE,
        "fields.gouraud_triangles": "record: gaps between triangles that are not antialiased",
        "fields.stepped_colours": "record: lines that are not antialiased are too thin",
        "manners.animated_and_grabbed_by_hand": "writer: animated artists are missing",
        "looks.not_antialiased": "record: lines that are not antialiased are too thin",
        "panels.twin_axes": "writer: the layout engine is one pass short",
        "points.clusters": "record: mathtext is measured without Agg's margin of a pixel",
        "boxes.hidden_legend": "player: a picture (hatched swatch) does not vanish",
        "words.right_to_left": "record: the first letter of a right-to-left text is missing",
    },
    "test_what_is_played_back_is_what_would_be_drawn": _STALE,
    "test_it_is_not_larger_than_to_jshtml": {
        "fields.mesh": "record: images are PNG of their own and the still repeats the last one",
        "layouts.marginal_histograms": "write: each marker of the still repeats its outline",
        "points.streams": "write: each colour is a style written in full",
    },
}
