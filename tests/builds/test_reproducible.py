"""A small book has the same bytes in other surroundings; `make reproduce` tries the real one."""

import os

from tiny_book import TinyBook

CODE = """
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from vectorplayer import VectorPlayer

figure, axes = plt.subplots()
(line,) = axes.plot([0, 1], [0, 0])
animation = FuncAnimation(figure, lambda i: line.set_ydata([0, i]), frames=3)
plt.close(figure)
print({"a", "b", "c"} == set("abc"))
VectorPlayer(animation, alt="A line that turns.")
"""
SURROUNDINGS = {
    "a": (0o022, {"JOBS": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}),
    "ein längerer Name": (0o077, {"JOBS": "2", "LC_ALL": "de_DE.UTF-8", "TZ": "America/New_York"}),
}


def test_a_book_is_the_same_in_other_surroundings(tmp_path):
    published = []
    for folder, (umask, settings) in SURROUNDINGS.items():
        book = TinyBook.make(tmp_path / folder)
        book.page("second", text="Words, and $x^2$.", code=CODE)
        before = os.umask(umask)
        try:
            result = book.build(**settings)
        finally:
            os.umask(before)
        assert result.status == 0, result.output
        published.append({n: b for n, b in book.published().items() if n != ".buildinfo"})
    one, other = published
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
