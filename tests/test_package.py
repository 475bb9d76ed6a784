"""What `import klhelpers` does and does not do, and what every public name tells its reader."""

import ast
import importlib.util
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import klhelpers
from klhelpers.live.assets import figure_rules

NAMES = sorted(klhelpers.__all__)
# As in pyproject.toml: every warning is an error but for the one of TensorFlow Probability.
WARNINGS = ("-W", "error", "-W", "ignore:distutils Version classes:DeprecationWarning")
HEAVY = ("tensorflow", "tensorflow_probability", "tf_keras", "keras")
WITHOUT_TENSORFLOW = {
    "the package": "import klhelpers",
    "closed forms": "from klhelpers import kl_gaussian; kl_gaussian([0], [[1]], [1], [[1]])",
    "tail indices": "from klhelpers import tail_index; tail_index([[1]], [[2]])",
    "plotting": """
        from klhelpers import density_grid, plot_density_contours
        plot_density_contours(lambda x: x[:, 0] ** 2, *density_grid(num=5))
    """,
    "animation": """
        import numpy as np
        from klhelpers import Trajectory, animate_fit, density_grid
        class Target:
            def prob(self, x):
                return np.exp(-(x**2).sum(axis=1) / 2) / (2 * np.pi)
        trils = np.tile(np.eye(2), (2, 1, 1))
        trajectory = Trajectory("forward", np.ones(2), np.zeros((2, 2)), trils)
        X1, X2 = density_grid(num=9)
        animation = animate_fit(trajectory, Target(), X1=X1, X2=X2, levels=[0.01, 0.1])
        animation.save("fit.gif", writer="pillow")
    """,
}


def run_python(code, cwd):
    """Run `code` in a fresh interpreter; what it wrote, and the modules it had loaded then."""
    report = "import sys, pathlib; pathlib.Path('modules').write_text(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, *WARNINGS, "-c", f"{inspect.cleandoc(code)}\n{report}"],
        cwd=cwd,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr, set((cwd / "modules").read_text().split())


@pytest.mark.parametrize("name", WITHOUT_TENSORFLOW)
def test_tensorflow_is_left_alone(name, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    out, err, modules = run_python(WITHOUT_TENSORFLOW[name], tmp_path)
    assert (out, err) == ("", "")
    assert modules.isdisjoint(HEAVY)


def test_import_alone_loads_no_module(tmp_path):
    """It is quick because nothing but lazy_loader is imported."""
    _, _, modules = run_python("import klhelpers", tmp_path)
    assert {name for name in modules if name.startswith("klhelpers")} == {"klhelpers"}
    assert modules.isdisjoint({"numpy", "matplotlib", *HEAVY})


def test_a_fit_prints_nothing(tmp_path):
    """Neither TensorFlow's start-up log nor a progress bar may land on a page."""
    code = """
        import klhelpers
        trajectory = klhelpers.minimize_kl(klhelpers.lecture_start(), klhelpers.lecture_target())
        assert trajectory.num_steps == 250
    """
    out, err, modules = run_python(code, tmp_path)
    assert (out, err) == ("", "")
    assert "tensorflow" in modules


def test_a_setting_of_the_user_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    code = """
        import os
        import klhelpers.quiet_tensorflow
        assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"
        assert os.environ["KERAS_BACKEND"] == "tensorflow"
    """
    run_python(code, tmp_path)


def test_what_tensorflow_writes_is_shown_if_its_import_fails(tmp_path):
    (tmp_path / "tensorflow.py").write_text(
        "import os\nos.write(2, b'the reason\\n')\nraise ImportError('no TensorFlow')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import klhelpers.quiet_tensorflow"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert done.stderr.startswith("the reason\n")
    assert "ImportError: no TensorFlow" in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_exists_and_is_listed(name):
    assert getattr(klhelpers, name).__name__ == name
    assert name in dir(klhelpers)


def test_public_names_are_defined_in_the_package():
    """`__all__` names what the modules of the package define, and nothing from elsewhere."""
    for name in NAMES:
        assert getattr(klhelpers, name).__module__.split(".")[0] == "klhelpers"


def test_unknown_names_are_refused():
    with pytest.raises(AttributeError, match=r"No klhelpers attribute minimise"):
        _ = klhelpers.minimise


def sections(thing):
    """Sections of a numpydoc docstring, title to text; the summary has the title ""."""
    title, found = "", {"": []}
    lines = inspect.getdoc(thing).splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line and following == "-" * len(line):
            title, found[line] = line, []
        elif line != "-" * len(title) or not title:
            found[title].append(line)
    return {title: "\n".join(text).strip() for title, text in found.items()}


def documented_parameters(thing):
    """Names in the section Parameters."""
    entries = re.findall(r"^(\S.*?)(?: : .*)?$", sections(thing)["Parameters"], re.MULTILINE)
    return [name.lstrip("*") for entry in entries for name in entry.split(", ")]


def test_documented_parameters_are_read_from_their_section():
    def example(p, q, *rest, **options):
        """Compute q from p.

        Parameters
        ----------
        p, q : float
            Both of them.
        *rest : str
        **options : str

        Returns
        -------
        x : float
            Not a parameter.
        """

    assert documented_parameters(example) == ["p", "q", "rest", "options"]
    assert sections(example)["Returns"].startswith("x : float\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_documents_its_parameters(name):
    thing = getattr(klhelpers, name)
    parameters = list(inspect.signature(thing).parameters)
    if "quantities" in parameters and thing is not klhelpers.LiveFigure:
        named = set(parameters) - {"quantities", "about"}
        parameters = [*named, *figure_rules()[thing.KIND]]
    if parameters:
        assert sorted(documented_parameters(thing)) == sorted(parameters)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_has_a_docstring_in_sections(name):
    thing = getattr(klhelpers, name)
    found = sections(thing)
    assert found[""].splitlines()[0].endswith(".")
    if inspect.isfunction(thing):
        expected = {"Returns", "Raises"}
        if name in ("lecture_start", "lecture_target"):
            expected.remove("Raises")  # any integer is a seed
        assert expected <= set(found)
        assert all(found[title] for title in expected)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_function_has_type_hints(name):
    thing = getattr(klhelpers, name)
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert signature.return_annotation is not signature.empty
        untyped = [
            parameter.name
            for parameter in signature.parameters.values()
            if parameter.annotation is parameter.empty
        ]
        assert untyped == []


def test_no_module_has_a_public_name():
    modules = [info.name for info in pkgutil.iter_modules(klhelpers.__path__)]
    assert set(modules).isdisjoint(NAMES)
    for module in modules:  # not imported: one of them needs packages of the book
        path = Path(importlib.util.find_spec(f"klhelpers.{module}").origin)
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
