"""What a student at work costs a server: memory, and seconds of waiting.

``python benchmarks/students.py`` does what a browser does with a JupyterLab of its own: it opens
each chapter as a notebook, starts its kernel and runs all cells.  It is run by the Python of an
image of ``binder/``, or of the environment of the book, and writes ``students.json``.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import websocket
from measure import machine

ROOT = Path(__file__).parents[1]
RECORD = Path(__file__).parent / "students.json"
TOKEN = uuid.uuid4().hex
FIRST = "analytic-kl"
RUNS = 3
"""Runs of the first chapter, whose median is kept; the others run once, for their memory."""
PATIENCE = 600  # seconds
SAMPLES = 5  # per second
REMOVED = "JUPYTER", "KLHELPERS", "MPL", "PYTHON", "TF_", "XDG_"
"""Prefixes of variables that a student's server does not have."""


class Watch(threading.Thread):
    """Watch what a process and those that it has started hold and use.

    Of a page that several processes share, each is counted with its part (PSS), so that the sum
    is what they need together.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(process)
        self.peak = 0.0
        self.ended = threading.Event()

    def megabytes(self) -> float:
        """What they hold at this moment."""
        return sum(one.memory_full_info().pss for one in self._processes()) / 1e6

    def seconds(self) -> float:
        """Processor time that they have used so far; what else the machine does hardly counts."""
        return sum(sum(one.cpu_times()[:2]) for one in self._processes())

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def run(self) -> None:
        while not self.ended.wait(1 / SAMPLES):
            with contextlib.suppress(psutil.NoSuchProcess):
                self.peak = max(self.peak, self.megabytes())


class Server:
    """A JupyterLab on loopback, with a home folder that holds the chapters and nothing else."""

    def __init__(self, home: Path) -> None:
        for name in ("chapters", "jupytext.toml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, home / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        env = {name: value for name, value in os.environ.items() if not name.startswith(REMOVED)}
        env |= {"HOME": str(home), "JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter")}
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", f"--port={self.address.rpartition(':')[2]}"),
            *("--ServerApp.port_retries=0", f"--ServerApp.root_dir={home}"),
            f"--IdentityProvider.token={TOKEN}",
        ]
        start = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=home, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - start > PATIENCE:
                self.process.kill()
                sys.exit("JupyterLab did not start.")
            time.sleep(0.05)
        self.seconds = time.perf_counter() - start

    def _answers(self) -> bool:
        try:
            self.ask("status")
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def ask(self, path: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return an answer of the server; with a content, create something."""
        request = urllib.request.Request(
            f"http://{self.address}/api/{path}",
            data=json.dumps(content).encode() if content else None,
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def stop(self) -> None:
        """End the server, which ends its kernels."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Kernel:
    """The kernel of a notebook, over the same connection that a browser uses."""

    def __init__(self, server: Server, chapter: str) -> None:
        start = time.perf_counter()
        session = {"path": f"{chapter}.md", "name": "", "type": "notebook"}
        session = server.ask("sessions", session | {"kernel": {"name": "python3"}})
        self.socket = websocket.create_connection(
            f"ws://{server.address}/api/kernels/{session['kernel']['id']}/channels",
            header=[f"Authorization: token {TOKEN}"],
            timeout=PATIENCE,
        )
        self.request("kernel_info_request", {})
        self.seconds = time.perf_counter() - start

    def request(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message, and wait until the kernel has nothing to do for it."""
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": kind, "session": TOKEN, "username": "student",
            "version": "5.3", "date": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        for answer in self._answers():
            if answer["parent_header"].get("msg_id") != header["msg_id"]:
                continue
            if answer["msg_type"] == "error":
                sys.exit("\n".join(answer["content"]["traceback"]))
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return

    def _answers(self) -> Iterator[dict[str, Any]]:
        while True:
            answer = self.socket.recv()
            if isinstance(answer, str):  # what is binary belongs to a widget
                yield json.loads(answer)

    def run(self, source: str) -> None:
        """Run a cell."""
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        self.request("execute_request", content | {"user_expressions": {}, "stop_on_error": True})


def student(chapter: str) -> dict[str, float]:
    """Open a chapter on a new server and run it; return megabytes and seconds."""
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home))
        try:
            watch = Watch(server.process.pid)
            alone, used = watch.megabytes(), [watch.seconds()]
            notebook = server.ask(f"contents/{chapter}.md?type=notebook")["content"]
            cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
            watch.start()
            kernel = Kernel(server, chapter)
            used.append(watch.seconds())
            start = time.perf_counter()
            for cell in cells:
                kernel.run(cell["source"])
            took = time.perf_counter() - start
            used.append(watch.seconds())
            watch.ended.set()
            watch.join()
        finally:
            server.stop()
    return {
        "server_mb": round(alone),
        "peak_mb": round(watch.peak),
        "server_seconds": round(server.seconds, 1),
        "server_processor_seconds": round(used[0], 1),
        "kernel_seconds": round(kernel.seconds, 1),
        "kernel_processor_seconds": round(used[1] - used[0], 1),
        "chapter_seconds": round(took, 1),
        "chapter_processor_seconds": round(used[2] - used[1], 1),
    }


def main() -> None:
    """Measure every chapter, one student at a time, and write the record."""
    load = os.getloadavg()[0]
    found: dict[str, dict[str, float]] = {}
    for name in sorted(path.stem for path in (ROOT / "chapters").glob("*.md")):
        runs = [student(f"chapters/{name}") for _ in range(RUNS if name == FIRST else 1)]
        found[name] = {key: median(run[key] for run in runs) for key in runs[0]}
        print(name, found[name], flush=True)
    gigabytes = psutil.virtual_memory().total / 1e9
    packages = ("jupyterlab", "ipykernel", "tensorflow")
    record = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{machine(packages)}, {gigabytes:.0f} GB",
        "load_before": round(load, 1),
        "first": FIRST,
        "runs_of_first": RUNS,
        "chapters": found,
    }
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
