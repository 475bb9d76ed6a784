"""A plugin of the run that compares chapters: TensorFlow is loaded once for all their kernels."""

import nbval.kernel
from forked_kernels import KernelServer, fork_from
from jupyter_client.manager import KernelManager


def pytest_configure(config):
    """Let nbval fork its kernels from a server, where that is possible."""
    if not KernelServer.is_possible():
        return
    server = KernelServer()
    config.add_cleanup(server.stop)

    class Manager(KernelManager):
        def __init__(self, **options):
            super().__init__(**options)
            fork_from(server, self)

    nbval.kernel.KernelManager = Manager
