from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fake_daemon import FakeDaemon

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import find_engine
from autograder.sandbox.engine.image import Image
from autograder.sandbox.engine.place import ContainerPlace

IMAGE = Image("sha256:0123", "", (), 1, "2026-01-01", "debian", "0.1.0", fits=True)


@dataclass
class WithAnImpostor(FakeDaemon):
    """When a container starts, a process that is not in it connects to its control socket: this one."""

    connections: list[socket.socket] = field(default_factory=list)

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if path.endswith("/start"):
            mounts = {mount["Target"]: mount["Source"] for mount in self.created[0]["HostConfig"]["Mounts"]}
            impostor = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            impostor.connect(f"{mounts['/autograder/control']}/zygote")
            self.connections.append(impostor)
        return super().answer(method, path, body)


def test_only_the_containers_own_first_process_is_taken_for_its_zygote(tmp_path: Path, socket_path: Path) -> None:
    daemon = WithAnImpostor()
    with daemon.listening(socket_path):
        engine = find_engine()
        assert engine is not None
        with pytest.raises(AutograderError) as error:
            ContainerPlace(tmp_path, engine, IMAGE, memory_bytes=2**30, processes=99).start()
    assert error.value.code == "sandbox-failed"
    assert "virtual machine" in error.value.what
    assert daemon.removed == ["new"] * len(daemon.removed)
    assert daemon.containers == []
    assert daemon.connections[0].recv(1) == b""  # it was told nothing
    daemon.connections[0].close()
    assert not list(tmp_path.glob("control-*"))
