"""The words of the readout and of the description."""

import matplotlib.pyplot as plt
import pytest
from markup import movie_of
from matplotlib.animation import FuncAnimation

from vectorplayer.write.captions import describe, plain


def animated(fig, draw, frames=2):
    return FuncAnimation(fig, draw, frames=frames, init_func=lambda: [])


def test_labels_are_the_texts_that_change(tools):
    fig, (left, right) = plt.subplots(1, 2)
    right.set_title("this stays")
    fig.suptitle("and so does this")

    def draw(k):
        left.set_title(rf"step {k}, $D_{{KL}}[q \ \| \ p]$")
        right.set_xlabel("not a text of its own")
        right.texts and right.texts[0].remove()
        right.text(0, 0, f"loss\n{k / 2}")

    labels = movie_of(tools.write(animated(fig, draw)).html)["labels"]
    assert labels[1] == "step 1, D_KL[q ‖ p]   loss, 0.5"


@pytest.mark.parametrize(("texts", "read"), [(3, True), (4, False)])
def test_with_many_texts_the_player_counts(tools, texts, read):
    fig, axes = plt.subplots(1, texts)

    def draw(k):
        for number, ax in enumerate(axes):
            ax.set_title(f"{number}: {k}")

    labels = movie_of(tools.write(animated(fig, draw)).html)["labels"]
    assert labels == (["0: 0   1: 0   2: 0", "0: 1   1: 1   2: 1"] if read else None)


def test_texts_that_take_turns_are_read(tools):
    fig, ax = plt.subplots()
    texts = [ax.text(0, k / 9, f"text {k}") for k in range(8)]

    def draw(k):
        for number, text in enumerate(texts):
            text.set_visible(number == k)

    labels = movie_of(tools.write(animated(fig, draw, frames=8)).html)["labels"]
    assert labels == [f"text {k}" for k in range(8)]


@pytest.mark.parametrize("labels", [["a", "b", "c"], iter("abc"), lambda k: "abc"[k]])
def test_labels_of_ones_own(tools, line, labels):
    assert movie_of(tools.write(line(frames=3), labels=labels).html)["labels"] == ["a", "b", "c"]


def test_without_texts_the_player_counts(tools):
    fig, ax = plt.subplots()
    (drawn,) = ax.plot([0, 1])
    anim = animated(fig, lambda k: drawn.set_ydata([0, k]), frames=3)
    assert movie_of(tools.write(anim).html)["labels"] is None


def test_the_description_is_readable(tools, line):
    anim = line(frames=2)
    anim._fig.suptitle(r"$\frac{1}{2}\sigma^2$")
    html = tools.write(anim, alt=None).html
    assert 'aria-label="Animated figure: 1/2 σ², a wave"' in html


def test_the_description_names_titles_and_axes_once_and_in_order():
    fig, (first, second) = plt.subplots(1, 2)
    assert describe(fig) == "Animated figure"
    fig.suptitle("all")
    first.set_title("middle")
    first.set_title("left", loc="left")
    first.set_title("right", loc="right")
    first.set(xlabel="across", ylabel="$y$")
    second.set(xlabel="across", ylabel="loss")
    words = "all, middle, left, right, across, y, loss"
    assert describe(fig) == f"Animated figure: {words}"
    assert describe(fig, kind="Figure", besides={"left", "loss"}) == (
        "Figure: all, middle, right, across, y"
    )


def test_a_text_is_not_read_before_it_is_there(tools):
    fig, ax = plt.subplots()
    text = ax.text(0, 0.5, "", visible=False)

    def draw(k):
        ax.set_title(f"step {k}")
        text.set(visible=k > 0, text=f"loss {k}")

    labels = movie_of(tools.write(animated(fig, draw, frames=3)).html)["labels"]
    assert labels == ["step 0", "loss 1   step 1", "loss 2   step 2"]


def test_texts_that_say_nothing_aloud_are_not_read(tools):
    fig, ax = plt.subplots()
    anim = animated(fig, lambda k: ax.set_title(["$\\ $", "$\\ \\ $"][k]))
    assert movie_of(tools.write(anim).html)["labels"] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"C:\temp\new", r"C:\temp\new"),  # no formula: Matplotlib shows it as it is
        ("5 $ each", "5 $ each"),  # one dollar sign is no formula
        ("$5, $6 and $7", "$5, $6 and $7"),  # nor are three
        (r"5\$ and 6\$", "5$ and 6$"),
        ("$a$ costs\n5 $", "a costs, 5 $"),
        ("  wide   gaps  \n\n stay ", "wide   gaps, stay"),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected
