"""A real JupyterLab on loopback, in folders of its own, that ends with the tests."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from isolation import isolated

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-for-the-tests-alone"
START = 120  # seconds that a slow machine may take to start the server, open a page, run a cell
NEVER_ASK = "jupyterlab.handlers.announcements.NeverCheckForUpdate"


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Start a JupyterLab; return its address and the folder that it shows."""
    folder = tmp_path_factory.mktemp("lab")
    home = folder / "notebooks"
    home.mkdir()
    shutil.copy(ROOT / "jupytext.toml", home)  # as in the folder that `make lab` shows
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={home}"),
        *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"),
        *(f"--LabApp.check_for_updates_class={NEVER_ASK}", "--LabApp.extension_manager=readonly"),
    ]
    env = {key: value for key, value in os.environ.items() if not key.startswith("KLHELPERS")}
    env = isolated(env, folder)
    env |= {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("SETTINGS", "WORKSPACES")}
    quiet = folder / "SETTINGS/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    env["JUPYTER_CONFIG_PATH"] = str(ROOT / ".jupyter")
    env.pop("PYTEST_CURRENT_TEST", None)  # kernels behave differently with it
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=home, env=env, stdout=log, stderr=log, start_new_session=True
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_up(server, address, folder / "log")
            yield address, home
        finally:
            _stop(server)


def _wait_until_up(server, address, log):
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
            return
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def _stop(server):
    """End the server and the kernels that it started; they share its session."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if server.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(number)
        if number == signal.SIGINT:  # without a terminal, JupyterLab ends after the second SIGINT
            with contextlib.suppress(ProcessLookupError):
                server.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)


class LabNotebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        page.set_default_timeout(START * 1000)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("console", self._hear)

    def _hear(self, message):
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def run_all(self):
        """Run every cell; return when the kernel has run them all."""
        self.page.evaluate(
            """async () => {
                const context = jupyterapp.shell.currentWidget.sessionContext;
                await context.ready;
                await context.session.kernel.info;
                await jupyterapp.commands.execute("notebook:run-all-cells");
            }"""
        )

    def output(self, cell):
        """Return the output area of a code cell, counted from 0."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea").first

    def errors(self):
        """Return the tracebacks that cells have printed."""
        return self.page.locator(
            ".jp-OutputArea [data-mime-type$='vnd.jupyter.error']"
        ).all_inner_texts()


@pytest.fixture
def open_in_lab(lab, browser):
    """Open a notebook made of code cells, or a copy of a file, as a notebook in JupyterLab."""
    address, home = lab
    contexts = []

    def open_notebook(name, *cells, source=None):
        path = home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source or json.dumps(_notebook(cells)), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        contexts.append(context)
        notebook = LabNotebook(context.new_page())
        notebook.page.goto(f"{address}/lab/workspaces/{path.stem}/tree/{name}?reset&token={TOKEN}")
        notebook.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
        )
        return notebook

    yield open_notebook
    for context in contexts:
        _shut_kernels_down(address)
        context.close()


def _shut_kernels_down(address):
    def ask(path, method="GET"):
        request = urllib.request.Request(
            f"{address}/api/{path}", method=method, headers={"Authorization": f"token {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    for session in json.loads(ask("sessions")):
        ask(f"sessions/{session['id']}", "DELETE")


def _notebook(cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    blank = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [
            {**blank, "id": f"cell-{number}", "source": source}
            for number, source in enumerate(cells)
        ],
    }
