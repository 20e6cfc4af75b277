"""What docs/gpu.md only believes, tried where there is a GPU: `pytest tests/gpu`. Skipped elsewhere, with a reason."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.checks import Failure, close, current_builder, gradcheck, on
from autograder.course import CodeCell
from autograder.errors import AutograderError
from autograder.examiner.devices import Gpus as Where
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.sandbox.gpu.nvml import Nvml, open_nvml
from autograder.sandbox.gpu.slots import Gpus
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import Sandbox, Worker, WorkerLimits

ROOT = str(Path(__file__).parents[2])
GB = 1 << 30
CHECK_SECONDS = 120.0
CELLS = """
import os, threading, torch

def there():
    return torch.cuda.is_available(), torch.cuda.device_count(), os.environ["CUDA_VISIBLE_DEVICES"]

def double(x):
    assert x.is_cuda
    return x * 2

def settings():
    return [torch.are_deterministic_algorithms_enabled(), torch.backends.cudnn.benchmark,
            torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32,
            os.environ["CUBLAS_WORKSPACE_CONFIG"]]

def train(seed):
    torch.manual_seed(seed)
    x, y = torch.randn(256, 64, device="cuda"), torch.randint(0, 10, (256,), device="cuda")
    model = torch.nn.Sequential(torch.nn.Linear(64, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)).to("cuda")
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(50):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return [p.detach() for p in model.parameters()]

def convolve(seed):
    torch.manual_seed(seed)
    x = torch.randn(8, 3, 32, 32, device="cuda", requires_grad=True)
    layer = torch.nn.Conv2d(3, 16, 3).to("cuda")
    layer(x).square().sum().backward()
    return x.grad

kept = []
def hold(gigabytes):
    for _ in range(gigabytes):
        kept.append(torch.ones(2**28, device="cuda"))
    torch.cuda.synchronize()
    return len(kept)

def hold_at_any_price(gigabytes):
    torch.cuda.set_per_process_memory_fraction(1.0)
    hold(gigabytes)
    threading.Event().wait(20)

def leave(pattern):
    kept.append(torch.full((2**27,), pattern, dtype=torch.int32, device="cuda"))
    torch.cuda.synchronize()

def find(pattern):
    torch.utils.deterministic.fill_uninitialized_memory = False
    return sum(int((torch.empty(2**27, dtype=torch.int32, device="cuda") == pattern).sum()) for _ in range(4))

def assert_on_the_device():
    return torch.zeros(1, device="cuda")[torch.tensor([10**6], device="cuda")].sum().item()

def late():
    stream, total = torch.cuda.Stream(), torch.zeros((), device="cuda")
    with torch.cuda.stream(stream):
        a = torch.ones(4096, 4096, device="cuda")
        for _ in range(20):
            a = a @ a / 4096
        total.add_(a.mean())
    return total

def nodes():
    found = {}
    names = [*os.listdir("/dev")] if os.access("/dev", os.R_OK) else [f"nvidia{n}" for n in range(16)]
    for name in [*names, *(f"nvidia{n}" for n in range(16)), "nvidia-modeset", "nvidiactl"]:
        if name.startswith("nvidia") and os.path.exists(f"/dev/{name}") and not os.path.isdir(f"/dev/{name}"):
            try:
                os.close(os.open(f"/dev/{name}", os.O_RDWR))
                found[f"/dev/{name}"] = True
            except OSError:
                found[f"/dev/{name}"] = False
    return found
"""
HOLDER = """
import sys
from autograder.sandbox.gpu import open_gpus
lease = open_gpus().lease(60)
print(lease.device.uuid, flush=True)
sys.stdin.readline()
lease.release()
"""


@pytest.fixture(scope="module")
def nvml() -> Iterator[Nvml]:
    found = open_nvml()
    if found is None:
        pytest.skip("no GPU here: NVIDIA's driver does not answer (NVML)")
    if not found.devices():
        pytest.skip("no GPU here: the driver knows of none")
    yield found
    found.close()


@pytest.fixture(scope="module")
def sandbox(nvml: Nvml) -> Iterator[Sandbox]:
    made = open_sandbox()
    if not made.gpu_slots:
        made.close()
        pytest.skip(f"isolation by {made.level} gives workers no GPU here: run as a user, or as root with `uid`")
    yield made
    made.close()


class Workers:
    """Workers of the real sandbox, with the limits of a test."""

    def __init__(self, sandbox: Sandbox, gpu_bytes: int) -> None:
        self._sandbox = sandbox
        self._limits = WorkerLimits(memory_bytes=4 * GB, gpu_bytes=gpu_bytes)
        self._worker: Worker | None = None

    def start(self, gpu: bool) -> socket.socket:
        self._worker = self._sandbox.start((), self._limits, 7, gpu)
        return self._worker.connection

    def end(self) -> tuple[str, str] | None:
        return self._worker.end() if self._worker is not None else None


Begin = Callable[..., Any]


@pytest.fixture
def begin(sandbox: Sandbox) -> Iterator[Begin]:
    """Starts a student on a GPU; a second call is the next check of the same submission, or of another where asked."""
    sessions: list[Session] = []

    def start(gpu_bytes: int = 0, *, afresh: bool = False) -> Any:
        if afresh or not sessions:
            for session in sessions:
                session.close()
            workers = Workers(sandbox, gpu_bytes)
            cells = (CodeCell(1, CELLS),)
            sessions.append(Session(torch, workers, cells, Budget(CHECK_SECONDS, 600.0), gpus=Where.LEASED))
        provider = SessionProvider(sessions[-1])
        current_builder.set(provider.build)
        return provider.begin(CHECK_SECONDS, True)

    yield start
    for session in sessions:
        session.close()
    current_builder.set(None)


def test_cuda_starts_behind_the_locks_and_sees_one_gpu(begin: Begin, nvml: Nvml) -> None:
    available, count, visible = begin().there()
    assert (available, count) == (True, 1)
    assert visible in {device.uuid for device in nvml.devices()}


def test_no_other_node_of_the_drivers_can_be_opened(begin: Begin, nvml: Nvml) -> None:
    student = begin()
    visible = student.there()[2]
    (own,) = (device for device in nvml.devices() if device.uuid == visible)
    opened = {node for node, can in student.nodes().items() if can}
    assert opened
    assert opened <= set(own.nodes)


def test_tensors_and_gradients_cross_to_the_gpu_and_back(begin: Begin) -> None:
    student = begin()
    x = torch.randn(5, 3, dtype=torch.float64, requires_grad=True)
    assert student.double(on("cuda", x)).detach() == close(2 * x.detach())
    assert gradcheck(lambda t: student.double(on("cuda", t)), x)


def test_the_settings_are_deterministic_and_two_workers_train_alike(begin: Begin) -> None:
    student = begin()
    assert student.settings() == [True, False, False, False, ":4096:8"]
    first, image = [p.clone() for p in student.train(3)], student.convolve(3).clone()
    student = begin(afresh=True)
    assert all(torch.equal(a, b) for a, b in zip(first, student.train(3), strict=True))
    assert torch.equal(image, student.convolve(3))


def test_torch_says_it_when_the_limit_is_reached(begin: Begin) -> None:
    with pytest.raises(Failure) as caught:
        begin(2 * GB).hold(8)
    assert caught.value.reason == "out_of_memory"


def test_who_goes_on_beyond_the_limit_is_ended(begin: Begin, nvml: Nvml) -> None:
    if min(device.memory_bytes for device in nvml.devices()) < 5 * GB:
        pytest.skip("needs a GPU or slice of 5 GB")
    with pytest.raises(Failure, match="more than 2048 MB of GPU memory was used") as caught:
        begin(2 * GB).hold_at_any_price(3)
    assert caught.value.reason == "out_of_memory"
    assert begin(2 * GB).hold(1) == 1


def test_nothing_of_a_worker_is_left_on_its_slot(begin: Begin, nvml: Nvml) -> None:
    pattern = 0x5EC2E7
    student = begin()
    visible = student.there()[2]
    student.leave(pattern)
    student = begin(afresh=True)
    assert len(nvml.processes(visible)) <= 1 or student.there()[2] != visible
    assert student.find(pattern) == 0


def test_an_assertion_in_a_kernel_costs_its_own_check_alone(begin: Begin) -> None:
    with pytest.raises(Failure):
        begin().assert_on_the_device()
    x = torch.ones(2)
    assert begin().double(on("cuda", x)) == close(2 * x)


def test_work_on_another_stream_is_waited_for(begin: Begin) -> None:
    assert begin().late() == close(torch.tensor(1.0), rtol=1e-3)


def test_a_slot_is_nobody_elses_while_a_worker_has_it(begin: Begin, nvml: Nvml) -> None:
    student = begin()
    visible = student.there()[2]
    gpus = Gpus(nvml)
    others = []
    for _ in range(gpus.count):
        try:
            others.append(gpus.lease(0))
        except AutograderError:
            break
    assert visible not in {lease.device.uuid for lease in others}
    for lease in others:
        lease.release()


def test_another_process_waits_for_its_turn(begin: Begin, nvml: Nvml) -> None:
    count = len(nvml.devices())
    command = [sys.executable, "-c", HOLDER]
    holders = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONPATH": ROOT}, text=True)
        for _ in range(count)
    ]
    held = [holder.stdout.readline().strip() for holder in holders if holder.stdout is not None]
    assert len(set(held)) == count
    started = threading.Event()
    found: list[Any] = []

    def start() -> None:
        found.append(begin().there())
        started.set()

    waiting = threading.Thread(target=start)
    waiting.start()
    assert not started.wait(1.0)
    holders[0].communicate("\n", timeout=60)
    assert started.wait(CHECK_SECONDS)
    waiting.join()
    assert found[0][2] == held[0]
    for holder in holders[1:]:
        holder.communicate("\n", timeout=60)
