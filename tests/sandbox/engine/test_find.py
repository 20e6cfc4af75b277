from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fake_daemon import DOCKER, PODMAN, FakeDaemon

from autograder.errors import AutograderError
from autograder.sandbox.engine import find
from autograder.sandbox.engine.find import Engine, find_engine

NVIDIA_YAML = "cdiVersion: 0.6.0\nkind: nvidia.com/gpu\ndevices:\n- name: all\n"


def found(daemon: FakeDaemon, socket_path: Path) -> Engine:
    with daemon.listening(socket_path):
        engine = find_engine()
    assert engine is not None
    return engine


def test_without_a_socket_there_is_no_engine(socket_path: Path) -> None:
    assert find_engine() is None


def test_looking_for_an_engine_loads_no_client_library_where_there_is_no_socket(tmp_path: Path) -> None:
    program = (
        "import sys; from autograder.sandbox.engine.find import find_engine; assert find_engine() is None; "
        "assert 'docker' not in sys.modules and 'requests' not in sys.modules"
    )
    environment = {**os.environ, "DOCKER_HOST": f"unix://{tmp_path}/none.sock"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


def test_docker_is_told_from_podman_by_its_components(socket_path: Path) -> None:
    docker = found(FakeDaemon(version=DOCKER, info={"Driver": "overlay2"}), socket_path)
    assert (docker.kind, docker.version, docker.storage, docker.rootless) == ("docker", "28.3.0", "overlay2", False)
    podman = found(FakeDaemon(version=PODMAN, info={"SecurityOptions": ["name=rootless"]}), socket_path)
    assert (podman.kind, podman.version, podman.rootless) == ("podman", "5.4.1", True)


def test_rootless_podman_is_found_in_the_runtime_folder_of_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "podman").mkdir()
    looked_in = [path for path in find.sockets() if path.is_relative_to(tmp_path)]
    assert looked_in == [tmp_path / "docker.sock", tmp_path / "podman" / "podman.sock"]


def test_a_socket_on_which_nobody_listens_is_an_error_that_says_how_to_start_the_engine(socket_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as nobody:
        nobody.bind(str(socket_path))
    with pytest.raises(AutograderError) as error:
        find_engine()
    assert error.value.code == "engine-unreachable"
    assert "systemctl start docker" in error.value.fix


def test_an_engine_that_never_answers_is_given_up(socket_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "_ANSWER_SECONDS", 0.2)
    with FakeDaemon(silent=True).listening(socket_path), pytest.raises(AutograderError) as error:
        find_engine()
    assert error.value.code == "engine-unreachable"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not open the socket")
def test_a_closed_socket_names_the_group_that_opens_it(tmp_path: Path) -> None:
    program = """
import os, sys
from autograder.errors import AutograderError
from autograder.sandbox.engine.find import find_engine
import docker  # while we may still read it
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
try:
    find_engine()
except AutograderError as error:
    print(error.code, error.fix)
"""
    path = tmp_path / "docker.sock"
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    with FakeDaemon().listening(path):
        path.chmod(0o600)
        environment = {**os.environ, "DOCKER_HOST": f"unix://{path}"}
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
    assert done.stdout.startswith("engine-unreachable")
    assert "group `docker`" in done.stdout


def test_an_engine_on_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://grader.example:2376")
    with pytest.raises(AutograderError) as error:
        find_engine()
    assert error.value.code == "engine-elsewhere"


@pytest.mark.parametrize(
    ("version", "info", "described", "offered"),
    [
        ({}, {}, True, False),  # before 25, or not switched on
        ({}, {"CDISpecDirs": []}, True, False),
        ({}, {"CDISpecDirs": ["FOLDER"]}, True, True),
        ({}, {"CDISpecDirs": ["FOLDER"]}, False, False),
        ({}, {"CDISpecDirs": ["FOLDER"], "DiscoveredDevices": [{"ID": "nvidia.com/gpu=0"}]}, False, True),
        ({}, {"CDISpecDirs": ["FOLDER"], "DiscoveredDevices": None}, True, False),
        (PODMAN, {}, True, True),
        (PODMAN | {"Version": "5.3.2"}, {}, True, False),
        (PODMAN | {"Version": "4.9.3"}, {}, True, False),
        (PODMAN | {"Version": "5.10.0-dev"}, {}, True, True),
        (PODMAN, {}, False, False),
    ],
)
def test_cdi_is_offered_where_the_engine_takes_names_and_a_description_of_the_gpus_lies_there(
    tmp_path: Path,
    socket_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: dict[str, object],
    info: dict[str, object],
    described: bool,
    offered: bool,
) -> None:
    folder = tmp_path / "cdi"
    folder.mkdir()
    if described:
        (folder / "nvidia.yaml").write_text(NVIDIA_YAML, encoding="utf-8")
    monkeypatch.setattr(find, "_CDI_FOLDERS", (str(folder),))
    if "CDISpecDirs" in info:
        info = info | {"CDISpecDirs": [str(folder) for _ in info["CDISpecDirs"]]}  # type: ignore[attr-defined]
    assert found(FakeDaemon(version=DOCKER | version, info=info), socket_path).cdi is offered


def test_the_nvidia_runtime_is_seen_where_docker_names_it(socket_path: Path) -> None:
    runtimes = {"Runtimes": {"runc": {}, "nvidia": {"path": "nvidia-container-runtime"}}}
    assert found(FakeDaemon(info=runtimes), socket_path).nvidia_runtime
    assert not found(FakeDaemon(version=PODMAN, info=runtimes), socket_path).nvidia_runtime  # it takes no such request
