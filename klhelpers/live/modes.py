"""One Gaussian for a target with two modes, under the reader's hand."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from klhelpers.draw.styles import line_style
from klhelpers.live.figure import LiveFigure
from klhelpers.live.mixtures import Mixture, descend, forward_kl, reverse_kl
from klhelpers.live.quantities import Quantity


class ModesFigure(LiveFigure):
    """A Gaussian q and a mixture p of two Gaussians on the line, to be dragged.

    Parameters
    ----------
    weight : float
        Weight w of the left component of p, from 0.02 to 0.98.
    distance : float
        Distance m of both means of p from 0, from 0 to 5.
    scale_1, scale_2 : float
        Standard deviations of the left and of the right component, from 0.3 to 2.
    loc, scale : float
        Mean of q, from -6 to 6, and its standard deviation, from 0.1 to 5.
    fits : bool
        Whether the q's are shown in which both directions end.

    Raises
    ------
    TypeError
        If a name is unknown.
    ValueError
        If a value is out of its range.

    Notes
    -----
    p = w N(-m, scale_1²) + (1 - w) N(m, scale_2²).  In the browser both divergences are computed
    by quadrature, with an error below 1e-8 nats.  KL(p‖q) is least at the mean and the variance
    of p.  For KL(q‖p), gradient descent runs from the present q, and from other means with its
    standard deviation; a minimum in which none of these descents ends is not found.

    Examples
    --------
    >>> figure = ModesFigure(distance=4)
    >>> figure.distance, figure.weight
    (4.0, 0.5)
    """

    KIND = "modes"
    ALT = (
        "Left, the density of a target with two modes, dashed, with three Gaussians: q, the one "
        "in which a descent on KL(q‖p) from q ends, and that with the least KL(p‖q), which covers "
        "both modes. Right, the least KL(q‖p) for each mean of q, and KL(p‖q), which has a single "
        "valley; marks along the axis show in which minimum of KL(q‖p) a descent from there ends."
    )
    weight, distance = Quantity(KIND, "weight"), Quantity(KIND, "distance")
    scale_1, scale_2 = Quantity(KIND, "scale_1"), Quantity(KIND, "scale_2")
    loc, scale, fits = Quantity(KIND, "loc"), Quantity(KIND, "scale"), Quantity(KIND, "fits")

    @property
    def p(self) -> Any:
        """The target, a ``tfd.MixtureSameFamily`` of float64; this loads TensorFlow."""
        from klhelpers.quiet_tensorflow import tfp

        tfd = tfp.distributions
        means = np.array([-self.distance, self.distance])
        return tfd.MixtureSameFamily(
            tfd.Categorical(probs=np.array([self.weight, 1 - self.weight])),
            tfd.Normal(means, np.array([self.scale_1, self.scale_2])),
        )

    @property
    def q(self) -> Any:
        """The approximation, a ``tfd.Normal`` of float64; this loads TensorFlow."""
        from klhelpers.quiet_tensorflow import tfp

        return tfp.distributions.Normal(np.float64(self.loc), np.float64(self.scale))

    def still(self) -> Figure:
        """Draw the densities with both fits, and the least KL for each mean of q."""
        p = Mixture(self.weight, self.distance, self.scale_1, self.scale_2)
        fig = Figure(figsize=(7.4, 3.4), layout="constrained")
        left, right = fig.subplots(1, 2)
        self._draw_densities(left, p)
        self._draw_valleys(right, p)
        return fig

    def _draw_densities(self, ax: Axes, p: Mixture) -> None:
        x = np.linspace(-8, 8, 401)
        ax.plot(x, np.exp(p.log_prob(x)), **line_style("p"), label="p")
        for name, label, (loc, scale) in (
            ("q", "q", (self.loc, self.scale)),
            ("reverse", "KL(q‖p)", descend(p, self.loc, self.scale)[-1]),
            ("forward", "KL(p‖q)", p.moments),
        ):
            y = np.exp(-0.5 * ((x - loc) / scale) ** 2) / (scale * np.sqrt(2 * np.pi))
            marks = {} if name == "q" else {"markevery": 40}
            ax.plot(x, y, **line_style(name, **marks), label=label)
        ax.set(xlabel="$x$", ylabel="density", ylim=(0, None))
        ax.legend(frameon=False, fontsize="small", loc="upper left")

    def _draw_valleys(self, ax: Axes, p: Mixture) -> None:
        locs, scales = np.linspace(-6, 6, 73), np.geomspace(0.15, 6, 60)
        table = reverse_kl(p, *np.meshgrid(locs, scales, indexing="ij"), count=201)
        ax.plot(locs, table.min(axis=1), **line_style("reverse", marker=""), label="KL(q‖p)")
        mean, width = p.moments
        least = forward_kl(p, mean, width)
        best = least + np.log(np.hypot(width, locs - mean) / width)
        ax.plot(locs, best, **line_style("forward", marker=""), label="KL(p‖q)")
        starts = np.linspace(-5.4, 5.4, 10)
        ends = np.array([descend(p, start, self.scale)[-1] for start in starts])
        values = reverse_kl(p, *ends.T)
        top = 1.5 * max(values.max(), least, 0.1)
        for start, (loc, _) in zip(starts, ends, strict=True):
            ax.annotate(
                "",
                (loc, -0.06 * top),
                (start, -0.14 * top),
                arrowprops={"arrowstyle": "->", "color": line_style("reverse")["color"]},
            )
        ax.plot(ends[:, 0], values, **line_style("reverse", linestyle=""))
        ax.plot(mean, least, **line_style("forward"))
        ax.set(xlabel="mean of q", ylabel="least KL, nats", ylim=(-0.17 * top, top))
        ax.legend(frameon=False, fontsize="small", loc="upper right")
