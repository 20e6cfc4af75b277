"""A GPU behind the locks, as far as it can be tried without one: stand-ins for devices, a torch that only records."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.worker import gpu
from autograder.worker.gpu import ZYGOTE, Gpu, assert_untouched, gpu_of, settle, start

ROOT = str(Path(__file__).parents[2])
HEAD = """
import ctypes, errno, fcntl, os, socket, sys, threading
from autograder.worker import seccomp
from autograder.worker.landlock import Landlock
libc = ctypes.CDLL(None, use_errno=True)
landlock, filter = Landlock(libc), seccomp.build(gpu=True)

def lock(*devices):
    rules = landlock.ruleset((), (sys.argv[1],), devices)
    libc.prctl(38, ctypes.c_ulong(1), *[ctypes.c_ulong(0)] * 3)
    landlock.restrict(rules)
    filter.install(libc, os.getpid())

def tried(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "fine"
"""


def behind(folder: Path, source: str) -> list[str]:
    """What a script prints that locks itself in, word by word."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + source, str(folder)],
        capture_output=True,
        env={"PYTHONPATH": ROOT},
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.split()


def test_of_all_devices_only_those_of_the_slot_can_be_opened_and_commanded(tmp_path: Path) -> None:
    # /dev/full stands for a GPU: it takes no command, which it says itself only if the command gets through.
    command = "print(tried(lambda: fcntl.ioctl(os.open('/dev/full', os.O_RDWR), 0x4601)))\n"
    zero = "print(tried(lambda: fcntl.ioctl(os.open('/dev/urandom', os.O_RDONLY), 0x4601)))\n"
    assert behind(tmp_path, "lock('/dev/full')\n" + command) == ["ENOTTY"]
    assert behind(tmp_path, "lock()\n" + command) == ["EACCES"]
    said = behind(tmp_path, "lock('/dev/full')\nprint(landlock.abi)\n" + zero)
    assert said[1] == ("EACCES" if int(said[0]) >= 5 else "ENOTTY")


def test_the_driver_can_name_threads_that_start_later_and_nothing_else_of_proc_opens(tmp_path: Path) -> None:
    source = """
lock('/dev/full')
def name(form):
    comm = open(form.format(pid=os.getpid(), tid=threading.get_native_id()), 'r+')
    comm.write('cuda-worker'); comm.flush(); comm.seek(0)
    assert comm.read() == 'cuda-worker\\n'
def look():
    for form in ('/proc/self/task/{tid}/comm', '/proc/{pid}/task/{tid}/comm'):
        print(tried(lambda: name(form)))
for _ in range(2):
    thread = threading.Thread(target=look); thread.start(); thread.join()
print(tried(lambda: open('/proc/self/environ')), tried(lambda: open(f'/proc/{os.getppid()}/status')))
"""
    assert behind(tmp_path, source) == ["fine"] * 4 + ["EACCES"] * 2
    unnamed = "lock()\nprint(tried(lambda: open(f'/proc/self/task/{os.getpid()}/comm', 'w')))"
    assert behind(tmp_path, unnamed) == ["EACCES"]


def test_the_drivers_socket_can_be_made_and_nobody_reaches_another(tmp_path: Path) -> None:
    source = """
there = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); there.bind(sys.argv[1] + '/there'); there.listen()
lock('/dev/full')
made = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
print(tried(lambda: made.bind(chr(0) + 'cuda' + str(os.getpid()))), tried(made.listen))
print(tried(made.accept))
other = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
print(tried(lambda: other.connect(sys.argv[1] + '/there')), tried(lambda: other.bind(sys.argv[1] + '/here')))
print(tried(lambda: other.sendto(b'x', sys.argv[1] + '/there')))
print(tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)), tried(lambda: os.memfd_create('x')))
print(tried(lambda: os.sched_setaffinity(0, os.sched_getaffinity(0))))
"""
    said = behind(tmp_path, source)
    assert said[:5] == ["fine", "fine", "EPERM", "EPERM", "EACCES"]
    assert said[5] in ("ENOTCONN", "EPERM")
    assert said[6:] == ["EPERM", "fine", "EPERM"]


class Torch:
    """As much of torch as the functions touch, on a machine with some GPUs."""

    def __init__(self, gpus: int = 1, initialized: bool = False) -> None:
        self.said: list[Any] = []
        self.backends = SimpleNamespace(
            cudnn=SimpleNamespace(deterministic=False, benchmark=True, allow_tf32=True),
            cuda=SimpleNamespace(matmul=SimpleNamespace(allow_tf32=True)),
        )
        self.cuda = SimpleNamespace(
            is_initialized=lambda: initialized,
            device_count=lambda: gpus,
            init=lambda: self.said.append("init"),
            synchronize=lambda: self.said.append("synchronize"),
            set_per_process_memory_fraction=lambda share: self.said.append(share),
        )

    def use_deterministic_algorithms(self, mode: bool, *, warn_only: bool) -> None:
        self.said.append((mode, warn_only))

    def zeros(self, size: int, device: str) -> None:
        self.said.append(device)


GIVEN = {"visible": "GPU-1", "devices": ["/dev/full", "/dev/nowhere"], "folders": ["/nowhere", "/proc"], "share": 0.5}


def test_a_job_names_its_gpu_or_none() -> None:
    assert gpu_of({}) is None
    found = gpu_of({"gpu": GIVEN})
    assert found == Gpu("GPU-1", ("/dev/full",), ("/nowhere", "/proc"), 0.5)
    assert found is not None
    assert "/nowhere" not in found.readable
    assert {"/proc", "/proc/devices"} <= set(found.readable)


def test_the_child_sees_its_own_gpu_and_computes_deterministically_before_cuda_starts() -> None:
    torch, environment = Torch(), dict(ZYGOTE)
    settle(Gpu("GPU-1", ()), "/work/7", torch, environment)
    assert environment == {
        "CUDA_VISIBLE_DEVICES": "GPU-1",
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        "CUDA_CACHE_PATH": "/work/7/.cuda",
    }
    assert torch.said == [(True, True)]
    cudnn = torch.backends.cudnn
    assert (cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32) == (True, False, False)
    assert torch.backends.cuda.matmul.allow_tf32 is False


def test_real_torch_takes_every_setting(tmp_path: Path) -> None:
    source = (
        "import torch\nfrom autograder.worker.gpu import Gpu, settle\n"
        "settle(Gpu('GPU-1', ()), '/work', torch, {})\n"
        "print(torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled(),\n"
        "      torch.cuda.is_initialized(), torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32)"
    )
    assert behind(tmp_path, source) == ["True", "True", "False", "False", "False"]


def test_the_context_is_started_on_the_one_gpu_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    torch = Torch()
    start(Gpu("GPU-1", (), share=0.25), torch)
    assert torch.said == ["init", 0.25, "cuda", "synchronize"]
    for gpus in (0, 2):
        with pytest.raises(RuntimeError, match=f"{gpus} GPUs"):
            start(Gpu("GPU-1", ()), Torch(gpus))


def test_root_gets_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(gpu, "_ROOT_IS_ROOT", True)
    with pytest.raises(RuntimeError, match="root"):
        start(Gpu("GPU-1", ()), Torch())
    monkeypatch.setattr(gpu, "_ROOT_IS_ROOT", False)  # user 0 of a container without rights
    start(Gpu("GPU-1", ()), Torch())


def test_a_zygote_that_touched_a_gpu_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ZYGOTE.items():
        monkeypatch.setenv(name, value)
    assert_untouched(Torch())
    with pytest.raises(RuntimeError, match="started in the zygote"):
        assert_untouched(Torch(initialized=True))
    monkeypatch.setattr(gpu, "_open_files", lambda: ["/dev/null", "/dev/nvidiactl"])
    with pytest.raises(RuntimeError, match="/dev/nvidiactl"):
        assert_untouched(Torch())
    monkeypatch.undo()
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    with pytest.raises(RuntimeError, match="CUDA_VISIBLE_DEVICES"):
        assert_untouched(Torch())
