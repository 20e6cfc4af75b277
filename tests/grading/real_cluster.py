"""A Ray cluster of several nodes on this machine, each a raylet that can be killed. Small: it shares two cores."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from typing import Any

import psutil  # type: ignore[import-untyped]

# As docs/cluster.md says: whoever has not the token is sent away. Ray looks once, when it is imported.
os.environ["RAY_AUTH_MODE"] = "token"
os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
# The server for clients starts one process for each by a fork, which gRPC's own care for forks makes fail now and then.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "false"

from autograder.grading.engines import cluster as _before_ray  # noqa: F401 (silences it)

import ray  # isort: skip
from ray.cluster_utils import Cluster  # isort: skip

PATIENCE = 120.0
_STORE_BYTES = 80 << 20
_QUICK = {"health_check_period_ms": 300, "health_check_failure_threshold": 3, "health_check_initial_delay_ms": 300}
"""A dead node is noticed within a second."""


class RealCluster:
    """A head node that grades nothing, and nodes of one CPU."""

    def __init__(self, nodes: int) -> None:
        port = _free_port()
        self.client_address = f"ray://127.0.0.1:{port}"
        self._cluster: Any = Cluster(
            initialize_head=True,
            head_node_args={
                "num_cpus": 0,
                "object_store_memory": _STORE_BYTES,
                "include_dashboard": False,
                "ray_client_server_port": port,
                "_system_config": _QUICK,
            },
        )
        self.address: str = self._cluster.address
        self._nodes: dict[str, Any] = {}
        for _ in range(nodes):
            self.add(wait=False)
        self._cluster.wait_for_nodes()

    def add(self, *, wait: bool = True, **resources: float) -> str:
        """One more node; its id."""
        node = self._cluster.add_node(**{"num_cpus": 1, **resources}, object_store_memory=_STORE_BYTES, wait=wait)
        self._nodes[node.node_id] = node
        return str(node.node_id)

    def processes(self, identity: str) -> list[psutil.Process]:
        """The raylet of a node, and what it has started."""
        raylet = psutil.Process(self._nodes[identity].all_processes["raylet"][0].process.pid)
        return [raylet, *raylet.children(recursive=True)]

    def kill(self, identity: str) -> list[psutil.Process]:
        """SIGKILL to the raylet alone; all that were the node's."""
        processes = self.processes(identity)
        processes[0].kill()
        self._nodes.pop(identity)
        return processes

    def ids(self) -> list[str]:
        """The nodes that live."""
        return list(self._nodes)

    def close(self) -> None:
        """End every process."""
        ray.shutdown()
        self._cluster.shutdown()


@contextlib.contextmanager
def real_cluster(nodes: int) -> Iterator[RealCluster]:
    """A cluster for as long as the block lasts."""
    cluster = RealCluster(nodes)
    try:
        yield cluster
    finally:
        cluster.close()


def gone(processes: list[psutil.Process], seconds: float = PATIENCE) -> bool:
    """Whether all of them end by themselves."""
    end = time.monotonic() + seconds
    while any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
