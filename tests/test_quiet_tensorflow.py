"""The import of TensorFlow leaves other packages as they are, in a build of the pages too."""

import os
import subprocess
import sys

import pytest
from thorough import thoroughly

from klhelpers._static import STATIC_VARIABLE

# What a cell sees that imports scikit-learn after TensorFlow, and what Keras has seen.
CODE = """
import sys
{first}
from klhelpers.quiet_tensorflow import tf, tfp
loaded = [name for name in ("pandas", "sklearn") if name in sys.modules]
import pandas, sklearn
from keras.src.wrappers import fixes
print(loaded, pandas.DataFrame([1]).shape, bool(sklearn.__version__), fixes.sklearn is sklearn)
"""


@pytest.mark.parametrize(
    ("static", "first", "said"),
    thoroughly(  # a build, a build that has loaded them, and a notebook
        [
            ("1", "", "[] (1, 1) True False"),
            ("1", "import pandas, sklearn", "['pandas', 'sklearn'] (1, 1) True True"),
            ("0", "", "['pandas', 'sklearn'] (1, 1) True True"),
        ],
        always=[("1", "", "[] (1, 1) True False")],
    ),
)
def test_packages_can_be_imported_afterwards(static, first, said):
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(first=first)],
        env=os.environ | {STATIC_VARIABLE: static},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == (said, 0), done.stderr
