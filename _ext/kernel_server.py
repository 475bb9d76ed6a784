"""A process that has loaded TensorFlow, from which the kernels of a build are forked.

Each line of its input orders a kernel: a JSON object with its arguments, folder and environment.
The answer is a line with the number of the new process.

Only the import is shared.  TensorFlow starts its devices, and the threads that compute, with the
first operation, which runs in the kernel.

The fork server of `multiprocessing` is no substitute: each of its processes would import the
script of the build again.
"""

import contextlib
import gc
import json
import os
import signal
import sys
import warnings
from pathlib import Path

from ipykernel import kernelapp


def preload() -> dict[str, str]:
    """Import what most chapters import, and return the variables that this has set.

    A package that is missing is missed by the cells of the chapters.
    """
    before = dict(os.environ)
    # Matplotlib reads it on import; a kernel sets it as it starts.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    with contextlib.suppress(ImportError):
        import klhelpers._tensorflow_modules  # noqa: F401
    # The garbage collector of a kernel need not look at what was here before it, nor copy it.
    gc.collect()
    gc.freeze()
    return {name: value for name, value in os.environ.items() if name not in before}


def become_kernel(arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Run a kernel in this process, as ``python -m ipykernel_launcher`` does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    # It ends with the server.  The variable JPY_PARENT_PID names the build, and is read on import.
    sys.argv = ["ipykernel_launcher", *arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]
    kernelapp.launch_new_instance()
    sys.exit()


def fork() -> int:
    """Fork without the warning that a thread may hold a lock: those here only wait for work."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def serve() -> None:
    """Fork kernels until the input ends, with the build."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a package that is not complete may print on import, which is no answer
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system then removes ended kernels
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Python has put the folder of this script first; chapters import nothing from there.
    sys.path.remove(str(Path(__file__).parent))
    variables = preload()
    sys.stdout.flush()  # else each kernel would print it again
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        order["environment"] = variables | order["environment"]
        number = fork()
        if not number:
            answers.close()
            become_kernel(**order)
        print(number, file=answers, flush=True)


if __name__ == "__main__":
    serve()
