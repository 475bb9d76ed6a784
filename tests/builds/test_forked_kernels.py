"""A kernel forked from the server is like any other, and ends with the build."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL

import nbformat
import pytest
from forked_kernels import KernelServer
from nbclient.exceptions import DeadKernelError
from notebook_queue import NotebookQueue

pytestmark = pytest.mark.skipif(not KernelServer.is_possible(), reason="kernels are forked here")

EXTENSIONS = Path(__file__).parents[2] / "_ext"
# The order of the filters differs: TensorFlow adds its own before or after those of the kernel.
SURROUNDINGS = """
import os, signal, sys, warnings
import klhelpers.quiet_tensorflow
{
    "folder": os.getcwd(),
    "environment": {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"},
    "path": sys.path,
    "filters": sorted({str(entry) for entry in warnings.filters}),
    "interrupt": signal.getsignal(signal.SIGINT).__name__,
    "input": sys.__stdin__.read(),
    "leader": os.getsid(0) == os.getpid(),
    "main": __name__,
    "names": sorted(globals()),
}
"""
PICTURE = """
import matplotlib.pyplot as plt
import matplotlib
print(matplotlib.get_backend())
_ = plt.plot([0, 1])
"""
FOREVER = """
import os, pathlib, time
pathlib.Path({file!r}).write_text(str(os.getpid()))
while True:
    time.sleep(1)
"""
# A build that starts kernels for ever, and tells the numbers of the processes.
BUILD = """
import sys, nbformat
sys.path.insert(0, {extensions!r})
from forked_kernels import KernelServer
from notebook_queue import NotebookQueue
server = KernelServer()
queue = NotebookQueue(2, server)
code = "import os, pathlib, time; pathlib.Path(str(os.getpid())).touch(); time.sleep(3600)"
notebooks = [nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]) for _ in range(2)]
results = [queue.submit(n, cwd=".", timeout=None, allow_errors=False) for n in notebooks]
print(server.number, flush=True)
[result.result() for result in results]
"""


class Run:
    """Executes single cells."""

    def __init__(self, server):
        self.queue = NotebookQueue(2, server)

    def start(self, source, timeout=60):
        """Return the notebook of a cell, and the future of its result."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        future = self.queue.submit(notebook, cwd=".", timeout=timeout, allow_errors=False)
        return notebook, future

    def __call__(self, source):
        """Return the outputs of a cell."""
        notebook, future = self.start(source)
        assert future.result().err is None
        return notebook.cells[0].outputs

    def text(self, source):
        """Return what a cell writes, or its value."""
        [output] = self(source)
        return output.text if output.output_type == "stream" else output.data["text/plain"]


@pytest.fixture(scope="module")
def server():
    return KernelServer()


@pytest.fixture(scope="module")
def forked(server):
    run = Run(server)
    yield run
    run.queue.stop()


@pytest.fixture(scope="module")
def ordinary():
    run = Run(None)
    yield run
    run.queue.stop()


def ended(number, seconds=30):
    """Tell whether a process has ended, or ends soon."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{number}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.thorough
def test_it_is_a_child_of_the_server_and_has_loaded_what_chapters_import(forked, server):
    parent, loaded = ast.literal_eval(
        forked.text("import os, sys\nos.getppid(), 'tensorflow_probability' in sys.modules")
    )
    assert (parent, loaded) == (server.number, True)


@pytest.mark.thorough
def test_its_surroundings_are_those_of_an_ordinary_kernel(forked, ordinary):
    one, other = (ast.literal_eval(run.text(SURROUNDINGS)) for run in (forked, ordinary))
    assert one.keys() == other.keys()
    for name in one:
        assert one[name] == other[name], name


def test_its_figures_are_shown(forked, ordinary):
    texts = [[output.get("text") for output in run(PICTURE)] for run in (forked, ordinary)]
    assert texts[0] == texts[1]
    assert texts[0][1] is None and len(texts[0]) == 2


@pytest.mark.thorough
def test_it_computes_what_an_ordinary_kernel_computes(forked, ordinary):
    code = (
        "from klhelpers.quiet_tensorflow import tf, tfp\n"
        "tf.random.set_seed(1)\n"
        "tfp.distributions.Normal(0.0, 1.0).sample(3, seed=2).numpy().tolist()"
    )
    assert forked.text(code) == ordinary.text(code)


def test_kernels_share_no_variables_and_no_process(forked):
    first = forked.text("import builtins, os\nbuiltins.mine = 1\nos.getpid()")
    second = forked.text("import builtins, os\n(hasattr(builtins, 'mine'), os.getpid())")
    assert ast.literal_eval(second)[0] is False
    assert ast.literal_eval(second)[1] != int(first)
    assert ended(int(first))


def test_a_cell_that_takes_too_long_is_interrupted(forked):
    _, future = forked.start("import time\nwhile True:\n    time.sleep(0.05)", timeout=1)
    result = future.result()
    assert "Timeout" in type(result.err).__name__


def test_a_kernel_that_dies_is_an_error(forked):
    _, future = forked.start("import os\nos.kill(os.getpid(), 9)")
    with pytest.raises(DeadKernelError):
        future.result()


@pytest.mark.thorough
def test_the_end_of_the_queue_ends_the_server_and_its_kernels(tmp_path):
    server, file = KernelServer(), tmp_path / "number"
    forked = Run(server)
    forked.start(FOREVER.format(file=str(file)))
    while not (file.exists() and file.read_text()):
        time.sleep(0.05)
    forked.queue.stop()
    assert ended(int(file.read_text()))
    assert ended(server.number)


def test_a_kernel_starts_by_itself_when_the_server_has_ended():
    server = KernelServer()
    server.stop()
    run = Run(server)
    assert run.text("import os\nos.getppid()") == str(os.getpid())
    run.queue.stop()


@pytest.mark.faults
@pytest.mark.thorough
def test_what_an_incomplete_package_prints_is_no_answer(tmp_path, monkeypatch):
    """As TensorFlow Probability does without tf-keras: the cells miss it, and say so."""
    package = tmp_path / "tensorflow_probability.py"
    package.write_text("print('\\nwords\\n')\nraise ImportError('incomplete')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = Run(KernelServer())
    code = "try:\n    import tensorflow_probability\nexcept ImportError as error:\n    print(error)"
    assert run.text(code) == "\nwords\n\nincomplete\n"
    run.queue.stop()


@pytest.mark.thorough
def test_nothing_outlives_a_build_that_is_killed(tmp_path):
    script = BUILD.format(extensions=str(EXTENSIONS))
    build = subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    numbers = [int(build.stdout.readline())]
    while len(kernels := list(tmp_path.iterdir())) < 2:
        assert build.poll() is None
        time.sleep(0.05)
    numbers += [int(kernel.name) for kernel in kernels]
    build.send_signal(SIGKILL)
    build.communicate()
    assert [number for number in numbers if not ended(number)] == []
