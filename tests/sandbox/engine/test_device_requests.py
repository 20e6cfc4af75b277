"""What a container asks the engine for, as it goes over the socket. No GPU is needed: the engine writes it down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_daemon import PODMAN, FakeDaemon

from autograder.errors import AutograderError
from autograder.sandbox.engine import find
from autograder.sandbox.engine.find import find_engine
from autograder.sandbox.engine.image import Image
from autograder.sandbox.engine.place import ContainerPlace

IMAGE = Image("sha256:0123", "", (), 1, "2026-01-01", "debian", "0.1.0", fits=True)
SLICE = "MIG-41b1f8a5-6cbe-5b8c-9c1e-0f1a2b3c4d5e"
GPU = "GPU-8f3c7e1a-0d7e-4a54-9b3e-1d2c3b4a5f60"


def asked_for(daemon: FakeDaemon, scratch: Path, socket_path: Path, *gpus: str) -> dict[str, Any]:
    """The body of the request that creates the container. It does not start: there is no zygote behind the fake."""
    daemon.refuses_to_start = "this one only writes down"
    with daemon.listening(socket_path):
        engine = find_engine()
        assert engine is not None
        place = ContainerPlace(scratch, engine, IMAGE, memory_bytes=2**30, processes=99, gpus=gpus)
        with pytest.raises(AutograderError) as error:
            place.start()
    assert error.value.code == "sandbox-failed"
    assert "this one only writes down" in error.value.what
    return daemon.created[0]


@pytest.fixture
def cdi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with a description of NVIDIA's devices."""
    folder = tmp_path / "cdi"
    folder.mkdir()
    (folder / "nvidia.yaml").write_text("kind: nvidia.com/gpu\n", encoding="utf-8")
    monkeypatch.setattr(find, "_CDI_FOLDERS", (str(folder),))
    return str(folder)


NVIDIA: dict[str, Any] = {"Runtimes": {"nvidia": {}}}


def test_without_gpus_no_device_is_asked_for(tmp_path: Path, socket_path: Path) -> None:
    body = asked_for(FakeDaemon(info=NVIDIA), tmp_path, socket_path)
    assert not body["HostConfig"].get("DeviceRequests")


def test_cdi_names_come_first_even_where_the_nvidia_runtime_is_there_too(
    tmp_path: Path, socket_path: Path, cdi: str
) -> None:
    body = asked_for(FakeDaemon(info=NVIDIA | {"CDISpecDirs": [cdi]}), tmp_path, socket_path, GPU, SLICE)
    (request,) = body["HostConfig"]["DeviceRequests"]
    assert request["Driver"] == "cdi"
    assert request["DeviceIDs"] == [f"nvidia.com/gpu={GPU}", f"nvidia.com/gpu={SLICE}"]


def test_podman_takes_the_same_cdi_names(tmp_path: Path, socket_path: Path, cdi: str) -> None:
    body = asked_for(FakeDaemon(version=PODMAN), tmp_path, socket_path, "all")
    (request,) = body["HostConfig"]["DeviceRequests"]
    assert (request["Driver"], request["DeviceIDs"]) == ("cdi", ["nvidia.com/gpu=all"])


def test_gpus_are_asked_for_in_the_older_way_where_names_are_not_known(tmp_path: Path, socket_path: Path) -> None:
    body = asked_for(FakeDaemon(info=NVIDIA), tmp_path, socket_path, GPU)
    (request,) = body["HostConfig"]["DeviceRequests"]
    assert request["Driver"] == "nvidia"
    assert request["DeviceIDs"] == [GPU]
    assert request["Count"] == 0
    assert "gpu" in request["Capabilities"][0]


def test_all_gpus_are_asked_for_in_the_older_way_by_a_count(tmp_path: Path, socket_path: Path) -> None:
    body = asked_for(FakeDaemon(info=NVIDIA), tmp_path, socket_path, "all")
    (request,) = body["HostConfig"]["DeviceRequests"]
    assert (request["Count"], request["DeviceIDs"]) == (-1, [])


@pytest.mark.parametrize(
    ("daemon", "word"),
    [
        (FakeDaemon(), "NVIDIA runtime"),
        (FakeDaemon(version=PODMAN | {"Version": "4.9.3"}), "since 5.4"),
    ],
)
def test_an_engine_that_passes_no_gpu_on_is_refused_with_the_way_out(
    tmp_path: Path, socket_path: Path, daemon: FakeDaemon, word: str
) -> None:
    with daemon.listening(socket_path):
        engine = find_engine()
        assert engine is not None
        with pytest.raises(AutograderError) as error:
            ContainerPlace(tmp_path, engine, IMAGE, memory_bytes=2**30, processes=99, gpus=("all",))
    assert error.value.code == "no-gpu-in-containers"
    assert word in error.value.why
    assert "nvidia-ctk cdi generate" in error.value.fix


def test_every_hardening_is_in_the_request(tmp_path: Path, socket_path: Path) -> None:
    body = asked_for(FakeDaemon(info={"SecurityOptions": ["name=seccomp,profile=default"]}), tmp_path, socket_path)
    host = body["HostConfig"]
    assert host["NetworkMode"] == "none"
    assert host["IpcMode"] == "none"
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges"]
    assert host["PidsLimit"] == 99
    assert host["Memory"] == host["MemorySwap"] == 2**30
    assert host["AutoRemove"] is True
    assert host["LogConfig"]["Type"] == "none"
    assert "noexec,nosuid,nodev" in host["Tmpfs"]["/tmp"]
    assert not host.get("Privileged")
    assert {mount["Target"] for mount in host["Mounts"] if not mount["ReadOnly"]} == {
        "/autograder/work",
        "/autograder/control",
    }
    assert body["Image"] == IMAGE.id
    assert body["Env"] is None or not any(name in str(body["Env"]) for name in ("DOCKER_HOST", "SSH_", "TOKEN"))


def test_own_user_ids_need_root_and_an_engine_of_roots(
    tmp_path: Path, socket_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    host = asked_for(FakeDaemon(), tmp_path, socket_path)["HostConfig"]
    assert host["CapAdd"] == ["SETUID", "SETGID", "KILL"]
    rootless = asked_for(FakeDaemon(info={"SecurityOptions": ["name=rootless"]}), tmp_path, socket_path)
    assert rootless["HostConfig"].get("CapAdd") is None
    assert rootless["User"] == "0:0"  # which is the user that the engine runs as


def test_an_ordinary_user_stays_who_they_are_inside(
    tmp_path: Path, socket_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1234)
    monkeypatch.setattr("os.getegid", lambda: 5678)
    body = asked_for(FakeDaemon(), tmp_path, socket_path)
    assert body["User"] == "1234:5678"
    assert body["HostConfig"].get("CapAdd") is None


def test_user_namespaces_and_selinux_labels_of_the_engine_do_not_close_the_mounts(
    tmp_path: Path, socket_path: Path
) -> None:
    info = {"SecurityOptions": ["name=userns", "name=selinux"]}
    host = asked_for(FakeDaemon(info=info), tmp_path, socket_path)["HostConfig"]
    assert host["UsernsMode"] == "host"
    assert host["SecurityOpt"] == ["no-new-privileges", "label=disable"]
