"""Zygotes in real containers of the real image. Skipped where no engine answers and none can be started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import PYTHON, Image
from autograder.sandbox.engine.leftovers import OWNER_LABEL, owner
from autograder.sandbox.engine.place import ContainerPlace
from autograder.sandbox.place import Place
from autograder.sandbox.scratch import Scratch
from autograder.sandbox.tree import worker_tree
from autograder.sandbox.walled import WalledSandbox
from autograder.sandbox.worker import WorkerLimits

MEMORY = 6 << 30
PROCESSES = 256
PATIENCE = 60.0


@pytest.fixture
def scratch() -> Iterator[Path]:
    """As a sandbox lays it out."""
    held = Scratch()
    worker_tree(held.path / "tree")
    (held.path / "work").mkdir(mode=0o711)
    yield held.path
    held.remove()


def place(scratch: Path, engine: Engine, image: Image) -> ContainerPlace:
    return ContainerPlace(scratch, engine, image, memory_bytes=MEMORY, processes=PROCESSES)


def ours(engine: Engine) -> list[str]:
    """The containers that this process has started and that still exist."""
    return [str(c.id) for c in engine.client.containers.list(all=True, filters={"label": f"{OWNER_LABEL}={owner()}"})]


def eventually(condition: object, engine: Engine, label: str) -> None:
    """Wait until there is no container with that label."""
    deadline = time.monotonic() + PATIENCE
    while engine.client.containers.list(all=True, filters={"label": f"{OWNER_LABEL}={label}"}, ignore_removed=True):
        assert time.monotonic() < deadline, condition
        time.sleep(0.05)


def test_workers_are_forked_in_the_container_and_nothing_is_left(engine: Engine, grading_image: Image) -> None:
    def in_container(scratch: Path) -> Place:
        return place(scratch, engine, grading_image)

    sandbox = WalledSandbox(in_container, jobs=2)
    try:
        assert sandbox.level == "container"
        assert sandbox.versions["image"] == grading_image.id
        assert len(ours(engine)) == 1
        workers = [sandbox.start((("data.txt", b"1"),), WorkerLimits(), seed=1) for _ in range(2)]
        assert [worker.end() for worker in workers] == [None, None]
    finally:
        sandbox.close()
    assert ours(engine) == []


def test_the_container_itself_allows_nothing_that_a_zygote_does_not_need(
    engine: Engine, grading_image: Image, scratch: Path
) -> None:
    running = place(scratch, engine, grading_image).start()
    try:
        (identity,) = ours(engine)
        container = engine.client.containers.get(identity)
        program = (Path(__file__).parent / "probe.py").read_text(encoding="utf-8")
        said = container.exec_run([PYTHON, "-I", "-c", program]).output
        assert isinstance(said, bytes)
        found = json.loads(said)
        limits = container.attrs["HostConfig"]
    finally:
        running.end()
    rights = 1 << 5 | 1 << 6 | 1 << 7 if os.geteuid() == 0 and not engine.rootless else 0
    assert found["bounding"] == rights
    assert found["capabilities"] in {0, rights}
    assert found["no_new_privileges"] == "1"
    assert found["seccomp"] == "2"
    assert found["interfaces"] == ["lo"]
    assert not found["network"]
    assert found["writable"] == []
    assert not found["shared_memory"]
    assert {"noexec", "nosuid", "nodev"} <= set(found["tmp"])
    assert 1 << 20 <= found["tmp_holds"] <= 64 << 20
    assert found["host_mounts"] == ["/autograder/control", "/autograder/tree", "/autograder/work"]
    assert found["processes"] == [1]
    assert not [name for name in found["environment"] if name.startswith(("DOCKER", "SSH", "AWS", "PIP"))]
    assert found["autograder"] == []
    assert (limits["Memory"], limits["PidsLimit"]) == (MEMORY, PROCESSES)


def test_a_killed_zygote_takes_its_container_along(engine: Engine, grading_image: Image, scratch: Path) -> None:
    running = place(scratch, engine, grading_image).start()
    assert running.alive()
    running.kill()
    assert not running.alive()
    running.end()
    running.end()  # as harmless as once
    assert ours(engine) == []
    assert not list(scratch.glob("control-*"))


def test_a_zygote_that_leaves_by_itself_is_seen_to_be_gone(engine: Engine, grading_image: Image, scratch: Path) -> None:
    running = place(scratch, engine, grading_image).start()
    running.control.shutdown(2)
    deadline = time.monotonic() + PATIENCE
    while running.alive():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    running.end()
    assert ours(engine) == []


def test_a_zygote_that_cannot_start_is_an_error_with_its_last_words(
    engine: Engine, grading_image: Image, scratch: Path
) -> None:
    (scratch / "tree" / "autograder" / "worker" / "contained.py").write_text("raise RuntimeError('no voice')\n")
    with pytest.raises(AutograderError) as error:
        place(scratch, engine, grading_image).start()
    assert error.value.code == "sandbox-failed"
    assert "it ended before its zygote had connected" in error.value.what
    assert "RuntimeError: no voice" in error.value.why
    assert ours(engine) == []
    assert not list(scratch.glob("control-*"))


def test_an_image_that_is_not_there_any_more_is_an_error(engine: Engine, grading_image: Image, scratch: Path) -> None:
    gone = replace(grading_image, id="sha256:" + "0" * 64)
    with pytest.raises(AutograderError) as error:
        place(scratch, engine, gone).start()
    assert error.value.code == "sandbox-failed"
    assert "no such image" in error.value.what.lower()


def test_a_killed_supervisor_leaves_no_container(engine: Engine, grading_image: Image) -> None:
    program = f"""
import os, sys, time
from pathlib import Path
from autograder.sandbox.engine.find import find_engine
from autograder.sandbox.engine.image import find_image
from autograder.sandbox.engine.leftovers import owner
from autograder.sandbox.engine.place import ContainerPlace
from autograder.sandbox.walled import WalledSandbox
engine = find_engine()
image = find_image(engine)
sandbox = WalledSandbox(lambda s: ContainerPlace(s, engine, image, memory_bytes={MEMORY}, processes={PROCESSES}))
print(owner(), flush=True)
time.sleep(600)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    label = supervisor.stdout.readline().strip()
    assert engine.client.containers.list(filters={"label": f"{OWNER_LABEL}={label}"})
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()
    eventually("the zygote sees its socket close, and leaves", engine, label)
    Scratch().remove()  # which sweeps the killed one's folder


def test_a_container_that_was_never_started_is_removed_by_the_next_supervisor(
    engine: Engine, grading_image: Image, scratch: Path
) -> None:
    namespace, boot, pid, started = owner().split()
    dead = f"{namespace} {boot} {pid} {int(started) - 1}"
    engine.client.containers.create(grading_image.id, labels={OWNER_LABEL: dead}, network_mode="none")
    place(scratch, engine, grading_image).start().end()
    assert not engine.client.containers.list(all=True, filters={"label": f"{OWNER_LABEL}={dead}"})
