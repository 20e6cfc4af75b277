from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fake_daemon import FakeDaemon

from autograder.sandbox.engine.find import find_engine
from autograder.sandbox.engine.leftovers import OWNER_LABEL, owner, remove_leftovers


def of_a_process_that_has_ended() -> str:
    """The label of a supervisor that is gone."""
    program = "from autograder.sandbox.engine.leftovers import owner; print(owner())"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def container(name: str, label: str | None) -> dict[str, object]:
    return {"Id": name, "Name": f"/{name}", "Config": {"Labels": {} if label is None else {OWNER_LABEL: label}}}


def test_only_containers_of_supervisors_that_are_gone_are_removed(socket_path: Path) -> None:
    namespace, boot, pid, started = owner().split()
    daemon = FakeDaemon(
        containers=[
            container("ours", owner()),
            container("dead", of_a_process_that_has_ended()),
            container("number-used-again", f"{namespace} {boot} {pid} {int(started) - 1}"),
            container("before-the-boot", f"{namespace} another-boot {pid} {started}"),
            container("unseen-from-here", f"pid:[1] {boot} 999999 1"),
            container("not-a-label-of-ours", "x"),
        ]
    )
    with daemon.listening(socket_path):
        engine = find_engine()
        assert engine is not None
        assert remove_leftovers(engine) == 3
    assert sorted(daemon.removed) == ["before-the-boot", "dead", "number-used-again"]
