"""The same 250 frames, drawn the ways that are compared."""

from dataclasses import dataclass
from functools import cached_property

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation
from numpy.typing import NDArray

import klhelpers as kl

LEVELS = np.linspace(1e-4, 10**-0.8, 20)
FIGSIZE = (7, 7)


@dataclass(frozen=True)
class Fit:
    """A target and a recorded fit: what every way is handed."""

    p: object
    trajectory: kl.Trajectory

    @cached_property
    def grid(self) -> tuple[NDArray, NDArray]:
        return kl.density_grid((-5, 5), num=200)


def lecture_fit(num_steps: int = 249) -> Fit:
    """The lecture's fit; 249 updates and the start make 250 frames."""
    p = kl.lecture_target()
    return Fit(p, kl.minimize_kl(kl.lecture_start(), p, num_steps=num_steps))


def post_way(fit: Fit) -> FuncAnimation:
    """1000 × 1000 points, both densities evaluated and drawn anew in every frame."""
    from klhelpers.quiet_tensorflow import tfp

    X1, X2 = kl.density_grid((-5, 5), num=1000)
    fig, ax = plt.subplots(figsize=FIGSIZE)
    plt.close(fig)

    def draw(step: int) -> None:
        ax.clear()
        q = tfp.distributions.MultivariateNormalTriL(
            fit.trajectory.loc[step], fit.trajectory.scale_tril[step]
        )
        for density, style in (
            (fit.p.prob, {"cmap": "cividis", "alpha": 0.5}),
            (q.prob, {"cmap": "plasma"}),
        ):
            kl.plot_density_contours(density, X1, X2, {"levels": LEVELS, **style}, ax=ax)
        ax.set_title(
            "Density contours of $p$ and $q$\n"
            f"Iteration {step}\n"
            rf"$D_{{KL}}[q \ || \ p] = {fit.trajectory.loss[step]:.4f}$",
            loc="left",
        )

    return FuncAnimation(fig, draw, frames=len(fit.trajectory.loss), init_func=lambda: None)


def contour_way(fit: Fit) -> FuncAnimation:
    """200 × 200 points, p drawn once, q's contours replaced, a plain title: Matplotlib's best."""
    X1, X2 = fit.grid
    points = np.stack([X1, X2], axis=-1)
    fig, ax = plt.subplots(figsize=FIGSIZE)
    plt.close(fig)
    kl.plot_density_contours(
        fit.p.prob, X1, X2, {"levels": LEVELS, "cmap": "cividis", "alpha": 0.5}, ax=ax
    )
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    title = ax.set_title("", loc="left")
    drawn = []

    def draw(step: int) -> list:
        while drawn:
            drawn.pop().remove()
        loc, tril = fit.trajectory.loc[step], fit.trajectory.scale_tril[step]
        z = (points - loc) @ np.linalg.inv(tril).T
        density = np.exp(-0.5 * np.sum(z**2, axis=-1)) / (2 * np.pi * np.linalg.det(tril))
        drawn.append(ax.contour(X1, X2, density, levels=LEVELS, cmap="plasma"))
        title.set_text(f"Step {step}   KL(q‖p) = {fit.trajectory.loss[step]:.4f} nats")
        return [*drawn, title]

    return FuncAnimation(fig, draw, frames=len(fit.trajectory.loss), init_func=lambda: [])


def ellipse_way(fit: Fit) -> FuncAnimation:
    """The book's own: q's contours as the ellipses that they are, at the post's size."""
    X1, X2 = fit.grid
    animation = kl.animate_fit(fit.trajectory, fit.p, X1=X1, X2=X2, levels=LEVELS)
    animation._fig.set_size_inches(FIGSIZE)
    animation._fig.set_layout_engine("constrained")
    for _ in range(2):
        animation._fig.draw_without_rendering()
    animation._fig.set_layout_engine("none")
    return animation
