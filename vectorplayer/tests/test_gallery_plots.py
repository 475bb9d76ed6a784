"""Kinds of plots: each animation against Matplotlib's own frames."""

import pytest
from gallery.suite import (  # noqa: F401  tests
    PLOTS,
    parametrize,
    test_it_is_not_larger_than_to_jshtml,
    test_it_looks_as_in_agg,
    test_the_last_frame_is_seen_without_scripts,
    test_what_is_played_back_is_what_would_be_drawn,
)

pytestmark = [
    pytest.mark.filterwarnings("ignore::vectorplayer.RasterFallbackWarning"),
    pytest.mark.not_measured,
]


def pytest_generate_tests(metafunc):
    parametrize(metafunc, PLOTS)
