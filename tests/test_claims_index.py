"""Claims of the landing page and its glossary whose checks are too long for the page."""

import re

import numpy as np
from table_of_contents import CHAPTERS, ROOT

from klhelpers import kl_gaussian


def test_the_two_ways_to_be_closest_give_different_answers_on_the_line_too():
    """In general they give different answers: also for a mixture on the line."""
    z = np.linspace(-9, 9, 2001)  # p = ½ N(−1, 1) + ½ N(1, 1), and q = N(0, scale²)
    weight = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * (z[1] - z[0])
    scale = np.linspace(1.2, 1.6, 401)[:, np.newaxis]
    x = scale * z
    log_p = np.logaddexp(-((x - 1) ** 2) / 2, -((x + 1) ** 2) / 2)
    reverse = scale[np.argmin(np.sum(weight * -log_p, axis=1) - np.log(scale[:, 0]))][0]
    assert reverse < np.sqrt(2) - 0.01  # the forward optimum has the variance 1 + 1


def test_the_conditional_variance_is_a_formula_for_gaussians_only():
    """For a Gaussian, the variance of one component when all others are known."""
    of_one = np.array([1.0, 9.0])  # variances of x1 when x2 is 1 and when it is −1
    covariance = np.diag([of_one.mean(), 1.0])  # of (x1, x2), which are uncorrelated
    formula = 1 / np.linalg.inv(covariance)[0, 0]
    assert formula == covariance[0, 0] == 5
    assert formula not in of_one
    assert of_one.max() > covariance[0, 0]  # "never larger" fails as well


def test_forward_kl_does_not_match_variances_for_every_family():
    """For a *diagonal* Gaussian q it matches means and variances; an isotropic one cannot."""
    tril, zero = np.diag([1.5, 1.0]), np.zeros(2)
    variances = np.linspace(0.5, 3, 1001)
    q = np.sqrt(variances)[:, np.newaxis, np.newaxis] * np.eye(2)  # one scale for both
    best = variances[np.argmin(kl_gaussian(zero, tril, zero, q))]
    np.testing.assert_allclose(best, (2.25 + 1) / 2, atol=0.0013)


WORDS_PER_MINUTE = 130  # slower than prose is read: it has formulas


def test_minutes_of_reading_are_those_of_the_words():
    table = (ROOT / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| \[[^]]+\]\((chapters/[\w-]+)\.md\) \| (\d+) \|", table)
    assert len(rows) == len(CHAPTERS)
    for name, minutes in rows:
        text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
        prose = re.sub(r"^```\{code-cell\}.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert 5 * round(len(prose.split()) / WORDS_PER_MINUTE / 5) == int(minutes)
