"""What the package does not do right yet: the stage and the fault, by test and animation.

A test that is named here must fail; once it passes, its line has to go.
"""

_STALE = {
    "layouts.legend_of_another_panel": "watch: what depends on other Axes, and insets that move",
    "looks.arrays_in_place": "watch: line widths, colors, vertices, arrows changed in place",
    "looks.colours_in_place": "watch: sizes and colours of a collection changed in place",
    "looks.setters_that_tell_nobody": "watch: setters that leave the stale flag as it was",
    "looks.settings_of_others": "watch: a path effect, a scale changed in place",
    "panels.wandering_inset": "watch: the ticks of an inset that a locator moves",
    "points.compass_by_attributes": "watch: U, V and scale of a quiver, assigned",
    "shapes.angles": "watch: theta2 of an arc, assigned",
    "ticks.attributes_of_formatters": "watch: attributes of formatters, locators and labels",
    "ticks.formats": "watch: ticklabel_format and locator_params leave the axis fresh",
    "ticks.formatter_with_a_memory": "watch: a tick formatter that reads outside state",
    "words.coloured_box": "watch: the colour of the box behind a text",
    "words.setters_of_texts": "watch: set_bbox, set_parse_math, a font changed in place",
}

_DRAWN_WRONG = {
    "fields.stepped_colours": "record: edges that are not antialiased have another width",
    "looks.framed_figure": "writer: the setting savefig.edgecolor",
    "looks.not_antialiased": "record: lines that are not antialiased are too thin",
    "manners.animated_and_grabbed_by_hand": "writer: animated artists are missing",
    "points.clusters": "record: mathtext is measured without Agg's margin of a pixel",
    "shapes.beyond_the_horizon": "record: vertices far away are moved, which turns edges",
    "shapes.energy_flows": "record: the codes of vertices within a curve are taken for operations",
    "words.right_to_left": "record: the first letter of a right-to-left text is missing",
}

FAULTS: dict[str, dict[str, str]] = {
    "test_it_looks_as_in_agg": {
        **_STALE,
        **_DRAWN_WRONG,
        "boxes.hidden_legend": "player: a picture (hatched swatch) does not vanish",
        "fields.gouraud_triangles": "record: gaps between triangles that are not antialiased",
        "panels.twin_axes": "writer: the layout engine is one pass short",
    },
    "test_the_last_frame_is_seen_without_scripts": {**_STALE, **_DRAWN_WRONG},
    "test_what_is_played_back_is_what_would_be_drawn": _STALE,
    "test_it_is_not_larger_than_to_jshtml": {
        "fields.mesh": "record: images are PNG of their own and the still repeats the last one",
        "layouts.marginal_histograms": "write: each marker of the still repeats its outline",
        "points.streams": "write: each colour is a style written in full",
        "points.thousands_of_points": "write: each marker of the still repeats its outline",
    },
}
