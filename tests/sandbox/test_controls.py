"""What an honest submission does goes on working behind the locks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from locked import Zygote

TRAIN = """
import torch
torch.set_num_threads(THREADS)
torch.manual_seed(0)
x, y = torch.randn(2000, 20), torch.randint(0, 3, (2000,))
model = torch.nn.Sequential(torch.nn.Linear(20, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
first = last = None
for step in range(20):
    loss = torch.nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad(); loss.backward(); optimizer.step()
    first, last = first or float(loss), float(loss)
answer = last < first
"""

CONTROLS = {
    "training with one thread": TRAIN.replace("THREADS", "1"),
    "training with two threads": TRAIN.replace("THREADS", "2"),
    "a data loader in the same process": """
import torch
data = torch.utils.data.TensorDataset(torch.arange(10))
answer = sum(len(b[0]) for b in torch.utils.data.DataLoader(data, batch_size=3, shuffle=True, num_workers=0)) == 10
""",
    "saving and loading a state": """
import torch
layer = torch.nn.Linear(3, 2)
torch.save(layer.state_dict(), "layer.pt")
answer = torch.equal(torch.load("layer.pt", weights_only=True)["weight"], layer.weight)
""",
    "large matrices in numpy": """
import numpy
a = numpy.random.default_rng(0).normal(size=(300, 300))
answer = numpy.allclose(numpy.linalg.inv(a) @ a, numpy.eye(300), atol=1e-6)
""",
    "a figure": """
import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot
pyplot.plot([1, 2, 3]); pyplot.title("loss"); pyplot.savefig("loss.png")
answer = os.path.getsize("loss.png") > 1000
""",
    "threads": """
import threading
seen = []
workers = [threading.Thread(target=seen.append, args=(i,)) for i in range(8)]
[w.start() for w in workers]; [w.join() for w in workers]
answer = sorted(seen) == list(range(8))
""",
    "a pool of threads": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    answer = list(pool.map(abs, [-1, -2])) == [1, 2]
""",
    "temporary files": """
import tempfile
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w+", dir=folder) as file:
    file.write("x"); file.flush()
    answer = os.path.getsize(file.name) == 1
""",
    "files and folders in the work folder": """
import pathlib, shutil
pathlib.Path("a/b").mkdir(parents=True, exist_ok=True)
pathlib.Path("a/b/x.txt").write_text("one")
os.rename("a/b/x.txt", "a/y.txt")
shutil.copy2("a/y.txt", "z.txt")
pathlib.Path("z.txt").touch()
pathlib.Path("new.txt").touch()
answer = open("z.txt").read() == "one" and open("new.txt").read() == ""
shutil.rmtree("a")
""",
    "an event loop": """
import asyncio
async def double(x):
    await asyncio.sleep(0.001)
    return 2 * x
async def all_of_them():
    return await asyncio.gather(double(1), double(2))
answer = asyncio.run(all_of_them()) == [2, 4]
""",
    "a pair of sockets": """
import socket
a, b = socket.socketpair()
a.sendall(b"hello")
answer = b.recv(5) == b"hello"
""",
    "a pipe, an epoll and a timer": """
import select, signal
r, w = os.pipe()
poll = select.epoll(); poll.register(r, select.EPOLLIN); os.write(w, b"x")
rang = []
signal.signal(signal.SIGALRM, lambda *a: rang.append(1)); signal.setitimer(signal.ITIMER_REAL, 0.01); signal.pause()
answer = len(poll.poll(1)) == 1 and rang == [1]
""",
    "a signal to itself": """
import signal
got = []
signal.signal(signal.SIGUSR1, lambda *a: got.append(1)); os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
answer = got == [1, 1]
""",
    "collecting garbage": "import gc; a = []; a.append(a); del a; answer = gc.collect() >= 1",
    "late imports": """
import sqlite3, colorsys
answer = sqlite3.connect(':memory:').execute('select 2').fetchone() == (2,)
""",
    "randomness of the system": "answer = len(os.urandom(8) + open('/dev/urandom', 'rb').read(8)) == 16",
    "throwing output away": "print('x', file=open('/dev/null', 'w')); answer = True",
    "time, and its own limits and cores": """
import time, resource
time.sleep(0.001)
answer = resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 64 and len(os.sched_getaffinity(0)) >= 1
""",
    "two hundred megabytes": "import torch; answer = torch.ones(50 * 2**20).sum().item() == 50 * 2**20",
}


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    zygote = Zygote(tmp_path_factory.mktemp("work"), "torch._dynamo", "numpy", "matplotlib.pyplot")
    yield zygote
    zygote.close()


@pytest.mark.parametrize("name", CONTROLS)
def test_honest_work_goes_on_behind_the_locks(zygote: Zygote, name: str) -> None:
    report = zygote.run(CONTROLS[name])
    assert report.answer == "True", report


def test_an_allocation_beyond_the_budget_is_an_exception_that_can_be_caught(zygote: Zygote) -> None:
    report = zygote.run("import torch; torch.empty(100 * 2**30, dtype=torch.uint8)")
    assert "RuntimeError" in report.raised
    assert "memory" in report.message
    assert "MemoryError" in zygote.run("import numpy; numpy.ones(100 * 2**30, dtype='uint8')").raised


def test_a_worker_goes_on_after_an_allocation_that_failed(zygote: Zygote) -> None:
    report = zygote.run(
        """
try:
    x = bytearray(100 * 2**30)
except MemoryError:
    answer = len(bytearray(2**20)) == 2**20
"""
    )
    assert report.answer == "True"


def test_a_missing_path_leaves_nothing_running(zygote: Zygote, tmp_path: Path) -> None:
    report = zygote.run("answer = 1", read=[str(tmp_path / "no such folder")])
    assert report.unlocked is not None
    assert "no such folder" in report.unlocked
    assert report.answer is None
