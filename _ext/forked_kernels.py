"""Kernels that are forked from one process, in which TensorFlow is loaded once for all."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

LAUNCHER = "ipykernel_launcher"


class KernelServer:
    """The process from which kernels are forked; it starts at once, and loads meanwhile."""

    def __init__(self) -> None:
        script = str(Path(__file__).with_name("kernel_server.py"))
        self._process = subprocess.Popen(
            [sys.executable, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the build
        )
        self._lock = threading.Lock()

    @property
    def number(self) -> int:
        """The number of the process."""
        return self._process.pid

    @staticmethod
    def is_possible() -> bool:
        """Whether processes can be forked safely, and watched."""
        return sys.platform == "linux" and hasattr(os, "pidfd_open")

    def fork(self, arguments: list[str], cwd: str, environment: dict[str, str]) -> int | None:
        """Return the number of a new kernel's process, or None if the server has ended."""
        order = {"arguments": arguments, "cwd": cwd, "environment": environment}
        with self._lock:
            try:
                self._process.stdin.write(json.dumps(order) + "\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
            except (OSError, ValueError):  # a broken or a closed pipe
                return None
        return int(answer) if answer else None

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()  # waits, and closes the pipes


class ForkedProcess:
    """A process that is not a child of this one, with the methods of `Popen` that matter."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._file: int | None = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return None while it runs, and then 0; how it ended is not known."""
        if self._file is not None and select.select([self._file], [], [], 0)[0]:
            os.close(self._file)
            self._file = None
        return 0 if self._file is None else None

    def wait(self) -> int:
        """Wait for its end."""
        if self._file is not None:
            select.select([self._file], [], [])
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None and self._file is not None:
            signal.pidfd_send_signal(self._file, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by a fork or, if the server has ended, as a process of its own."""

    server: KernelServer

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel of a command."""
        number = None
        if LAUNCHER in cmd:
            arguments = cmd[cmd.index(LAUNCHER) + 1 :]
            environment = kwargs.get("env") or dict(os.environ)
            folder = str(kwargs.get("cwd") or Path.cwd())
            # In a thread: the first answer comes when the server has loaded.
            number = await asyncio.to_thread(self.server.fork, arguments, folder, environment)
        if number is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = ForkedProcess(number)
        self.pid = self.pgid = number
        return self.connection_info


def fork_from(server: KernelServer, manager: AsyncKernelManager) -> None:
    """Let a manager start its kernel from a server."""
    manager.kernel_id = str(uuid4())
    manager.provisioner = ForkedProvisioner(
        kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager
    )
    manager.provisioner.server = server
