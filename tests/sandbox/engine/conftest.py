"""No test here finds an engine of this machine's own by accident."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def socket_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the one engine that can be found listens, if a test starts one."""
    path = tmp_path / "docker.sock"
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    return path
