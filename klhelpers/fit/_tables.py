"""Trajectories as tables."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def data_frame(trajectory: Any) -> Any:
    """Return a pandas.DataFrame indexed by step."""
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError(
            "to_pandas needs pandas, which is not installed: pip install pandas"
        ) from error
    index = pd.Index(trajectory.steps, name="step")
    return pd.DataFrame(columns_of(trajectory), index=index)


def columns_of(trajectory: Any) -> dict[str, NDArray[Any]]:
    """Return one column per number, by its name: the array's, and its indices.

    A quantity that has the name of another column, as ``loc`` may, is the same and comes once.
    """
    arrays = {
        name: getattr(trajectory, name)
        for name in ("loss", "loc", "scale_tril")
        if getattr(trajectory, name) is not None
    }
    columns: dict[str, NDArray[Any]] = {}
    for name, values in [*arrays.items(), *trajectory.parameters.items()]:
        for index in np.ndindex(values.shape[1:]):
            if name == "scale_tril" and index[-2] < index[-1]:
                continue  # zeros
            columns.setdefault("_".join([name, *map(str, index)]), values[:, *index])
    return columns
