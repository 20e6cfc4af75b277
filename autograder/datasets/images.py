"""Labelled images, ready to train on: downloaded once, checked each time, as tensors."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.datasets.archive import Archive, fetched
from autograder.datasets.cache import data_folder, writing_to
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class Images:
    """Labelled images in two parts; `x_train, y_train, x_test, y_test = images` takes it apart.

    Attributes:
        x_train: float32 (N, channels, height, width), from 0 (black) to 1 (white).
        y_train: int64 (N,), the classes, counted from 0.
        x_test: as x_train, for the images to test on.
        y_test: as y_train.
        classes: the names of the classes.
    """

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor
    classes: tuple[str, ...]

    def __iter__(self) -> Iterator[Tensor]:
        return iter((self.x_train, self.y_train, self.x_test, self.y_test))


def mnist() -> Images:
    """Handwritten digits: 60,000 and 10,000 of shape (1, 28, 28), 10 classes (LeCun, Cortes and Burges). 12 MB.

    Raises:
        AutograderError: no network and not yet on this machine, a broken file, no room for it, no torchvision.
    """
    return idx_images(_torchvision().MNIST)


def fashion_mnist() -> Images:
    """Pieces of clothing, as many and of the shape of mnist()'s (Xiao, Rasul and Vollgraf, 2017). 31 MB."""
    return idx_images(_torchvision().FashionMNIST)


def kmnist() -> Images:
    """Cursive Japanese characters, as many and of the shape of mnist()'s (Clanuwat and others, 2018). 21 MB."""
    return idx_images(_torchvision().KMNIST)


def cifar10() -> Images:
    """Colour photographs: 50,000 and 10,000 of shape (3, 32, 32), 10 classes (Krizhevsky, 2009). 170 MB."""
    return cifar_images(_torchvision().CIFAR10)


def idx_images(kind: Any) -> Images:
    """The images of a class of torchvision's with the attributes of its MNIST: `resources`, `mirrors`."""
    archives = [Archive(name, md5, tuple(mirror + name for mirror in kind.mirrors)) for name, md5 in kind.resources]
    return _read(kind, archives, unpack_to=Path(kind.__name__, "raw"))


def cifar_images(kind: Any) -> Images:
    """The images of a class of torchvision's with the attributes of its CIFAR10: `url`, `filename`, `tgz_md5`."""
    return _read(kind, [Archive(kind.filename, kind.tgz_md5, (kind.url,))], unpack_to=Path())


def _read(kind: Any, archives: list[Archive], unpack_to: Path) -> Images:
    """Unpacks checked archives for torchvision, anew each time: what lies unpacked is no longer checked by it."""
    extract = importlib.import_module("torchvision.datasets.utils").extract_archive
    folder = data_folder() / kind.__name__
    files = [fetched(archive, folder) for archive in archives]
    with writing_to(folder), tempfile.TemporaryDirectory(dir=folder) as root:
        Path(root, unpack_to).mkdir(parents=True, exist_ok=True)
        for file in files:
            extract(file, Path(root, unpack_to))
        train, test = kind(root, train=True), kind(root, train=False)
    return Images(*_tensors(train), *_tensors(test), classes=tuple(train.classes))


def _tensors(part: Any) -> tuple[Tensor, Tensor]:
    """(x, y) of one of torchvision's data sets, whose data are uint8 (N, H, W) or (N, H, W, channels)."""
    import torch

    pixels = torch.as_tensor(part.data)
    pixels = pixels.unsqueeze(1) if pixels.ndim == 3 else pixels.permute(0, 3, 1, 2)
    x = pixels.to(torch.float32, memory_format=torch.contiguous_format).div_(255)
    return x, torch.as_tensor(part.targets, dtype=torch.int64)


def _torchvision() -> Any:
    try:
        return importlib.import_module("torchvision.datasets")
    except ImportError as missing:
        raise AutograderError(
            "no-torchvision",
            "torchvision is not installed here",
            why=f"It knows where data sets are published, and reads them. Python says: {missing}.",
            fix="python -m pip install torchvision",
        ) from missing
