"""Data sets come from a real HTTP server of this machine, which publishes small ones made here."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import pickle
import pty
import socket
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.datasets import Images, cifar10, fashion_mnist, kmnist, mnist
from autograder.datasets.cache import VARIABLE, data_folder
from autograder.datasets.images import cifar_images, idx_images
from autograder.errors import AutograderError

datasets = import_module("torchvision.datasets")


@dataclass
class Site:
    """What a server publishes, by path, and what it was asked for."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    cut_after: int | None = None


class Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        body = self.site.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: self.site.cut_after])

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site)) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def idx(values: np.ndarray[Any, Any]) -> bytes:
    """An IDX file of bytes, gzipped."""
    header = bytes([0, 0, 8, values.ndim]) + b"".join(size.to_bytes(4, "big") for size in values.shape)
    return gzip.compress(header + values.astype(np.uint8).tobytes(), mtime=0)


def small_mnist(site: Site, *mirrors: str) -> Any:
    """A class like torchvision's MNIST: 5 and 2 images of 4 x 3, on the site and at its mirrors."""
    train, test = np.arange(60).reshape(5, 4, 3), 255 - np.arange(24).reshape(2, 4, 3)
    files = {
        "train-images-idx3-ubyte.gz": idx(train),
        "train-labels-idx1-ubyte.gz": idx(np.array([3, 1, 4, 1, 5])),
        "t10k-images-idx3-ubyte.gz": idx(test),
        "t10k-labels-idx1-ubyte.gz": idx(np.array([9, 2])),
    }
    site.files |= {f"/{name}": body for name, body in files.items()}
    resources = [(name, hashlib.md5(body).hexdigest()) for name, body in files.items()]
    return type("Small", (datasets.MNIST,), {"mirrors": [*mirrors, site.address], "resources": resources})


def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def refused(kind: Any) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        idx_images(kind)
    return caught.value


def test_images_are_floats_from_zero_to_one_and_labels_are_int64(site: Site) -> None:
    images = idx_images(small_mnist(site))
    x_train, y_train, x_test, y_test = images
    assert (x_train.shape, x_train.dtype, y_train.dtype) == ((5, 1, 4, 3), torch.float32, torch.int64)
    assert torch.equal(x_train, torch.arange(60).reshape(5, 1, 4, 3) / 255)
    assert y_train.tolist() == [3, 1, 4, 1, 5]
    assert x_test.amax() == 1
    assert y_test.tolist() == [9, 2]
    assert isinstance(images, Images)
    assert images.classes[3] == "3 - three"


def test_colour_images_have_their_channels_first(site: Site) -> None:
    pixels = np.arange(2 * 3072).reshape(2, 3072).astype(np.uint8)
    batches = {name: pickle.dumps({"data": pixels, "labels": [7, 2]}) for name in ("first", "second", "last")}
    batches["meta"] = pickle.dumps({"label_names": ["cat", "dog"]})
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        for name, body in batches.items():
            member = tarfile.TarInfo(f"small/{name}")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    site.files["/small.tar.gz"] = tar.getvalue()
    sums = {name: hashlib.md5(body).hexdigest() for name, body in batches.items()}
    attributes = {
        "base_folder": "small",
        "filename": "small.tar.gz",
        "url": site.address + "small.tar.gz",
        "tgz_md5": hashlib.md5(tar.getvalue()).hexdigest(),
        "train_list": [[name, sums[name]] for name in ("first", "second")],
        "test_list": [["last", sums["last"]]],
        "meta": {"filename": "meta", "key": "label_names", "md5": sums["meta"]},
    }
    images = cifar_images(type("SmallColour", (datasets.CIFAR10,), attributes))
    x_train, y_train, x_test, _ = images
    assert (x_train.shape, x_test.shape, x_train.is_contiguous()) == ((4, 3, 32, 32), (2, 3, 32, 32), True)
    assert torch.equal(x_test, torch.tensor(pixels).reshape(2, 3, 32, 32) / 255)
    assert y_train.tolist() == [7, 2, 7, 2]
    assert images.classes == ("cat", "dog")


def test_the_second_time_no_network_is_needed(site: Site) -> None:
    kind = small_mnist(site)
    first = idx_images(kind)
    site.asked.clear()
    second = idx_images(type("Small", (kind,), {"mirrors": [nobody()]}))
    assert site.asked == []
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_nothing_but_the_checked_archives_stays_in_the_folder(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    idx_images(kind)
    assert {path.name for path in (folder / "Small").iterdir()} == {name for name, _ in kind.resources}


def test_a_file_that_was_changed_in_the_folder_is_fetched_anew(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    idx_images(kind)
    changed = folder / "Small" / "train-labels-idx1-ubyte.gz"
    changed.write_bytes(idx(np.array([0, 0, 0, 0, 0])))
    assert idx_images(kind).y_train.tolist() == [3, 1, 4, 1, 5]
    assert site.asked[4:] == ["/train-labels-idx1-ubyte.gz"]


def test_a_file_that_was_changed_in_the_folder_is_refused_where_there_is_no_network(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    idx_images(kind)
    changed = folder / "Small" / "train-labels-idx1-ubyte.gz"
    changed.write_bytes(idx(np.array([0, 0, 0, 0, 0])))
    error = refused(type("Small", (kind,), {"mirrors": [nobody()]}))
    assert error.code == "data-unreachable"
    assert "The file that is there has the wrong checksum" in error.why
    assert error.where[0].path == str(changed)


def test_what_others_unpacked_there_is_not_read(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    for place in ("Small/raw", "Small/Small/raw", "raw"):
        (folder / place).mkdir(parents=True)
        (folder / place / "train-labels-idx1-ubyte").write_bytes(gzip.decompress(idx(np.zeros(5))))
    assert idx_images(kind).y_train.tolist() == [3, 1, 4, 1, 5]


def test_another_file_than_the_published_one_is_refused_and_leaves_nothing(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    site.files["/train-images-idx3-ubyte.gz"] = b"<html>Welcome to the Grand Hotel. Please log in.</html>"
    error = refused(kind)
    assert error.code == "data-broken"
    assert "log in" in error.fix
    assert list((folder / "Small").iterdir()) == []


def test_a_refused_connection_is_told_with_the_address_and_what_to_do(site: Site, folder: Path) -> None:
    kind = small_mnist(site)
    away = nobody()
    error = refused(type("Small", (kind,), {"mirrors": [away]}))
    assert error.code == "data-unreachable"
    assert f"{away}train-images-idx3-ubyte.gz: " in error.why
    assert "internet" in error.fix
    assert list((folder / "Small").iterdir()) == []


def test_a_connection_that_breaks_in_the_middle_is_told(site: Site) -> None:
    kind = small_mnist(site)
    site.cut_after = 20
    assert "the connection broke after 20 of" in refused(kind).why


def test_the_next_mirror_is_asked_where_one_does_not_have_the_file(site: Site) -> None:
    kind = small_mnist(site, nobody(), site.address + "gone/")
    assert idx_images(kind).y_test.tolist() == [9, 2]
    assert site.asked[:2] == ["/gone/train-images-idx3-ubyte.gz", "/train-images-idx3-ubyte.gz"]


def test_a_folder_that_cannot_be_written_to_is_named(site: Site, folder: Path) -> None:
    folder.write_text("a file, not a folder", encoding="utf-8")
    error = refused(small_mnist(site))
    assert error.code == "data-not-writable"
    assert error.where[0].path == str(folder / "Small")
    assert VARIABLE in error.fix


FETCH = """
import resource, signal, sys
from pathlib import Path
from autograder.datasets.archive import Archive, fetched
from autograder.errors import AutograderError
md5, address, folder, room = sys.argv[1:]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
try:
    fetched(Archive("labels.gz", md5, (address,)), Path(folder))
except AutograderError as error:
    print(error.code)
"""


def fetch(site: Site, folder: Path, room: int = 1000, **streams: Any) -> subprocess.CompletedProcess[str]:
    """The labels, fetched in a process of its own that has room for files of so many bytes."""
    small_mnist(site)
    name = "train-labels-idx1-ubyte.gz"
    md5 = hashlib.md5(site.files[f"/{name}"]).hexdigest()
    command = [sys.executable, "-c", FETCH, md5, site.address + name, str(folder), str(room)]
    return subprocess.run(command, text=True, check=True, **streams)


def test_no_room_for_the_file_is_told_and_leaves_no_part_behind(site: Site, tmp_path: Path) -> None:
    assert fetch(site, tmp_path, room=20, stdout=subprocess.PIPE).stdout.split() == ["data-disk-full"]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_printed_where_there_is_no_terminal(site: Site, tmp_path: Path) -> None:
    done = fetch(site, tmp_path, capture_output=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_terminal_sees_how_much_has_come(site: Site, tmp_path: Path) -> None:
    screen, keyboard = pty.openpty()
    fetch(site, tmp_path, stderr=keyboard)
    os.close(keyboard)
    assert os.read(screen, 1000) == b"\rlabels.gz 100%\r\n"
    os.close(screen)


def test_without_torchvision_it_says_what_to_install() -> None:
    program = "import sys; sys.modules['torchvision'] = None; from autograder.datasets import mnist; mnist()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "error[no-torchvision]" in done.stderr
    assert "fix: python -m pip install torchvision" in done.stderr


def test_importing_the_loaders_loads_nothing_heavy() -> None:
    program = "import sys, autograder.datasets; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"torch", "torchvision", "numpy"} & set(done.stdout.split())


@pytest.mark.parametrize("load", [mnist, fashion_mnist, kmnist, cifar10])
def test_each_loader_asks_for_the_archives_that_torchvision_names(load: Any, folder: Path) -> None:
    """Without a network they fail with the address that they tried, and with one they work."""
    folder.write_text("a file, so that nothing is downloaded here", encoding="utf-8")
    with pytest.raises(AutograderError) as caught:
        load()
    name = {"mnist": "MNIST", "fashion_mnist": "FashionMNIST", "kmnist": "KMNIST", "cifar10": "CIFAR10"}[load.__name__]
    assert caught.value.where[0].path == str(folder / name)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {VARIABLE: "/big/disk"}, "/big/disk"),
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/autograder/datasets"),
        ("linux", {}, str(Path.home() / ".cache/autograder/datasets")),
        ("darwin", {}, str(Path.home() / "Library/Caches/autograder/datasets")),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/autograder/datasets"),
    ],
)
def test_the_folder_is_the_platforms_unless_it_is_named(
    platform: str, environment: dict[str, str], expected: str
) -> None:
    assert data_folder(environment, platform) == Path(expected)
