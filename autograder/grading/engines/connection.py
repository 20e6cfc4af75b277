"""Ray itself, as far as we ask it for anything but actors: joining a cluster, its nodes, a hint to its autoscaler."""

from __future__ import annotations

import logging
import os
from typing import Any

from autograder.errors import AutograderError, Place

# Before Ray is imported. It would tell its makers about this cluster, print what it has to say about nodes into the
# middle of our own output, and start a cluster of its own where a thread asks for something after the end.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_DEDUP_LOGS_SKIP_REGEX"] = "."
os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"

import ray
from ray.autoscaler.sdk import request_resources
from ray.util.client import ray as client

_FLAW = "Initialization failure from server"
"""Of Ray's server for clients, whose forks and gRPC get into each other's way now and then: the next try may do."""


def connect(address: str) -> bool:
    """Join a running cluster, and never start one; see open_cluster() for addresses.

    Returns:
        False where this process is part of one already, which stays so.

    Raises:
        AutograderError: `no-cluster`.
    """
    if ray.is_initialized():
        return False
    try:
        try:
            _join(address)
        except ConnectionError as error:
            if _FLAW not in str(error):
                raise
            _join(address)
    except Exception as error:  # ConnectionError, RuntimeError, ValueError, and those of gRPC
        raise AutograderError(
            "no-cluster",
            "no Ray cluster answers",
            where=Place(address),
            why=str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__,
            fix="start one (ray start --head --disable-usage-stats), or name it: --engine ray://HOST:10001",
        ) from error
    return True


def _join(address: str) -> None:
    ray.init(
        address="auto" if address == "ray" else address,
        namespace="autograder",
        log_to_driver=False,
        logging_level=logging.ERROR,
    )


def listed_nodes() -> list[dict[str, Any]]:
    """All nodes that the cluster has had, as Ray describes them."""
    found: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]
    return found


class AutoscalerHint:
    """How many slots would be of use, told to the autoscaler where there is one. It stands until it is taken back."""

    def __init__(self, gpus: float | None) -> None:
        """`gpus`: of each slot, at most one."""
        self._slot = {"CPU": 1.0} | ({"GPU": min(1.0, gpus)} if gpus else {})
        self._told = 0

    def raise_to(self, slots: int) -> None:
        """Ask for so many, where it was fewer."""
        if slots > self._told:
            self._tell(slots)

    def take_back(self) -> list[Any]:
        """Ask for nothing; what is to be waited for before the connection is closed."""
        return self._tell(0) if self._told else []

    def _tell(self, slots: int) -> list[Any]:
        self._told = slots
        bundles = [self._slot] * slots
        if not client.is_connected():  # type: ignore[no-untyped-call]
            request_resources(bundles=bundles)
            return []
        # A client of `ray://` cannot ask by itself; a task can, which costs nobody a CPU.
        return [ray.remote(num_cpus=0)(request_resources).remote(bundles=bundles)]
