"""The panel of the third explorer."""

import ipywidgets as widgets

from klhelpers.direction import ARROWS
from klhelpers.explore._descent import Descent
from klhelpers.explore._landscape_figure import LandscapeFigure
from klhelpers.explore._live import Message, Picture, choice, rows, slider
from klhelpers.explore._planes import PLANES
from klhelpers.nats import format_nats

ALT = (
    "Contours of KL(q‖p), left, and of KL(p‖q), right, over two parameters of q, with the path "
    "that Adam takes; where the divergence is not convex, the background is grey."
)
MOST_STEPS = 500


class LandscapePanel:
    """Sliders of the target, the start and Adam; every change runs the fits again."""

    def __init__(self, start: Descent) -> None:
        plane = PLANES[start.plane]
        names = [(f"{other.x}, {other.y}", name) for name, other in PLANES.items()]
        self.plane = choice("plane", names, start.plane)
        self.shape = slider(plane.shape_name, start.shape, *plane.shape_range, 0.01)
        self.start = [
            slider(f"start {label}", value, *limits, 0.05)
            for label, value, limits in zip(plane[1:3], start.start, plane.limits, strict=True)
        ]
        self.learning_rate = slider("learning rate", start.learning_rate, 0.001, 0.5, 0.001)
        self.num_steps = slider("steps", start.num_steps, 1, MOST_STEPS, 1)
        self.step = slider("path to step", start.num_steps, 0, start.num_steps, 1)
        self.figure = LandscapeFigure(start)
        self.message = Message()
        self.paths = start.paths()
        self.picture = Picture(self.figure.fig, alt=ALT)
        self._held = False
        self._redraw()
        moving = [self.shape, *self.start, self.learning_rate, self.num_steps]
        for control in moving:
            control.observe(self.message.guard(lambda change: self._refit()), names="value")
        self.step.observe(self.message.guard(lambda change: self._redraw()), names="value")
        self.plane.observe(self.message.guard(lambda change: self._change_plane()), names="value")
        controls = [self.plane, *moving, self.step, self.message.widget]
        self.widget = rows(self.picture.widget, widgets.VBox(controls))

    @property
    def descent(self) -> Descent:
        """The descent that the controls describe."""
        return Descent(
            self.plane.value,
            self.shape.value,
            tuple(control.value for control in self.start),
            self.learning_rate.value,
            self.num_steps.value,
        )

    def close(self) -> None:
        """Do nothing: this panel starts no thread."""

    def _refit(self) -> None:
        if self._held:
            return
        descent = self.descent
        self.paths = descent.paths()
        if self.figure.set_surface(descent):
            self.picture.renew()
        self._held = True
        try:  # the whole path is shown
            self.step.max = descent.num_steps
            self.step.value = descent.num_steps
        finally:
            self._held = False
        self._redraw()

    def _redraw(self) -> None:
        if not self._held:
            self.picture.show(
                self.figure.draw(self.paths, self.step.value),
                *(
                    f"{ARROWS[direction]} = {format_nats(path[self.step.value, 2])} nats"
                    for direction, path in self.paths.items()
                ),
            )

    def _change_plane(self) -> None:
        """Give the sliders the names and ranges of the new plane, then fit once."""
        plane = PLANES[self.plane.value]
        self._held = True
        try:
            for control, label, limits in zip(self.start, plane[1:3], plane.limits, strict=True):
                _set_range(control, f"start {label}", limits)
            _set_range(self.shape, plane.shape_name, plane.shape_range)
        finally:
            self._held = False
        self._refit()


def _set_range(control: widgets.FloatSlider, name: str, limits: tuple[float, float]) -> None:
    """Rename a slider and move its range; a value outside goes to the nearest end."""
    low, high = map(float, limits)
    with control.hold_trait_notifications():
        control.description = control.tooltip = name
        control.value = min(max(control.value, low), high)
        control.min, control.max = low, high
