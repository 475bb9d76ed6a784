"""Trajectories in files and tables."""

import os
import sys
import types
import zipfile

import numpy as np
import pytest

from klhelpers import Trajectory

LOSS = np.array([1.0, 0.5, np.pi / 9])
TRILS = np.tile(np.array([[1.0, 0.0], [0.3, 2.0]]), (3, 1, 1))
FITS = {
    "Gaussian": Trajectory("reverse", LOSS, np.arange(6.0).reshape(3, 2), TRILS),
    "other": Trajectory(
        "forward",
        LOSS.astype(np.float32),
        parameters={"b/scale": np.ones((3, 2)), "a": np.arange(3.0), "file": np.zeros(3)},
        steps=[0, 10, 12],
    ),
    "Gaussians": Trajectory(
        "forward", np.ones((3, 2)), np.zeros((3, 2, 2)), np.stack([TRILS, TRILS], axis=1)
    ),
    "batch": Trajectory(
        "reverse", [[1, 2], [1, np.nan]], parameters={"loc": np.arange(12.0).reshape(2, 2, 3)}
    ),
}


@pytest.mark.parametrize("name", FITS)
def test_a_file_is_read_back_exactly(name, tmp_path):
    fit, path = FITS[name], tmp_path / "no suffix"
    fit.save(path)
    copy = Trajectory.load(str(path))
    assert copy.direction == fit.direction
    assert list(copy.parameters) == list(fit.parameters)
    pairs = [(getattr(copy, field), getattr(fit, field)) for field in ("loss", "steps", "loc")]
    pairs += [(copy.parameters[key], fit.parameters[key]) for key in fit.parameters]
    for one, other in pairs:
        assert (one is None) == (other is None)
        if one is not None:
            assert one.dtype == other.dtype
            np.testing.assert_array_equal(one, other)


def test_a_file_holds_no_pickle(tmp_path):
    FITS["other"].save(tmp_path / "fit.npz")
    with np.load(tmp_path / "fit.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiU" for name in arrays.files)


@pytest.mark.parametrize("name", FITS)
def test_arrays_of_a_file_are_not_taken_for_arguments(name, tmp_path):
    FITS[name].save(tmp_path / "fit.npz")
    with pytest.raises(TypeError, match=r"Trajectory\.load|unexpected keyword"):
        Trajectory(**np.load(tmp_path / "fit.npz"))


WRONG = {
    "text": lambda path: path.write_text("step,loss\n0,1\n"),
    "empty": lambda path: path.write_bytes(b""),
    "one array": lambda path: np.save(path.open("wb"), LOSS),
    "other arrays": lambda path: np.savez(path.open("wb"), x=LOSS),
    "pickled": lambda path: np.savez(
        path.open("wb"), direction=np.array({}), loss=LOSS, steps=LOSS
    ),
    "further arrays": lambda path: np.savez(
        path.open("wb"), direction="reverse", loss=LOSS, steps=np.arange(3), more=LOSS
    ),
    "wrong numbers": lambda path: np.savez(
        path.open("wb"), direction="reverse", loss=LOSS, steps=np.arange(4)
    ),
    "another archive": lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "a"),
    "cut": lambda path: (
        FITS["other"].save(path),
        path.write_bytes(path.read_bytes()[:400]),
    ),
}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("kind", WRONG)
def test_other_files_are_refused_by_name(kind, tmp_path):
    path = tmp_path / "fit.npz"
    WRONG[kind](path)
    message = r"path must be a file that Trajectory\.save wrote; '.*fit\.npz' is none: "
    with pytest.raises(ValueError, match=message):
        Trajectory.load(path)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("other arrays", "it holds x"),
        ("further arrays", "it holds direction, loss, more, steps"),
        ("wrong numbers", r"steps must have shape \(3,\) to match loss; got \(4,\)"),
        ("pickled", "Object arrays cannot be loaded when allow_pickle=False"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(kind, reason, tmp_path):
    WRONG[kind](tmp_path / "fit.npz")
    with pytest.raises(ValueError, match=f"is none: {reason}$"):
        Trajectory.load(tmp_path / "fit.npz")


class Attack:
    """What makes a folder when it is unpickled."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def test_code_in_a_file_is_not_run(tmp_path):
    attack = np.array(Attack(str(tmp_path / "made")), dtype=object)
    np.savez(tmp_path / "fit.npz", direction=attack, loss=LOSS, steps=np.arange(3))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        Trajectory.load(tmp_path / "fit.npz")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("path", [3, None, b"fit.npz"])
def test_a_path_is_a_text_or_a_path(path):
    message = f"^path must be a string or path-like; got {path!r}$"
    with pytest.raises(TypeError, match=message):
        Trajectory.load(path)
    with pytest.raises(TypeError, match=message):
        FITS["other"].save(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError, match=r"^path must be a file; '.*' is a folder$"):
        FITS["other"].save(tmp_path)


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        Trajectory.load(tmp_path / "none.npz")


# -- tables --------------------------------------------------------------------------------------


@pytest.fixture
def pandas(monkeypatch):
    """The two names of pandas that are used, where pandas itself is not installed."""
    fake = types.ModuleType("pandas")
    fake.Index = lambda values, name: (name, list(values))
    fake.DataFrame = lambda columns, index: (columns, index)
    monkeypatch.setitem(sys.modules, "pandas", fake)


@pytest.mark.usefixtures("pandas")
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (
            "Gaussian",
            "loss loc_0 loc_1 scale_tril_0_0 scale_tril_1_0 scale_tril_1_1",
        ),
        ("other", "loss b/scale_0 b/scale_1 a file"),
        (
            "Gaussians",
            "loss_0 loss_1 loc_0_0 loc_0_1 loc_1_0 loc_1_1 "
            "scale_tril_0_0_0 scale_tril_0_1_0 scale_tril_0_1_1 "
            "scale_tril_1_0_0 scale_tril_1_1_0 scale_tril_1_1_1",
        ),
        ("batch", "loss_0 loss_1 loc_0_0 loc_0_1 loc_0_2 loc_1_0 loc_1_1 loc_1_2"),
    ],
)
def test_columns_have_flat_names(name, columns):
    table, index = FITS[name].to_pandas()
    assert list(table) == columns.split()
    assert index == ("step", FITS[name].steps.tolist())


@pytest.mark.usefixtures("pandas")
def test_columns_are_the_numbers():
    table, _ = FITS["Gaussian"].to_pandas()
    np.testing.assert_array_equal(table["loc_1"], FITS["Gaussian"].loc[:, 1])
    np.testing.assert_array_equal(table["scale_tril_1_0"], 0.3)


def test_a_real_data_frame():
    pytest.importorskip("pandas")
    frame = FITS["other"].to_pandas()
    assert frame.index.name == "step"
    assert frame.loc[10, "a"] == 1


def test_missing_pandas_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"to_pandas needs pandas, which is not installed"):
        FITS["Gaussian"].to_pandas()
