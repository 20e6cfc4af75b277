"""Random values for a check, drawn from a key and a counter: replayable, and independent of every global generator."""

from __future__ import annotations

from hashlib import blake2b

import torch
from torch import Tensor


class Rng:
    """A keyed source of inputs. The same key and the same sequence of calls give the same values.

    Args:
        key: any bytes, at most 64.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._calls = 0

    def seed(self) -> int:
        """A fresh seed in [0, 2**31), for the student's code."""
        self._calls += 1
        digest = blake2b(self._calls.to_bytes(8, "little"), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, "little") % 2**31

    def generator(self) -> torch.Generator:
        """A fresh CPU generator, for a torch function that has no method here."""
        return torch.Generator().manual_seed(self.seed())

    def normal(self, *shape: int, dtype: torch.dtype = torch.float32, requires_grad: bool = False) -> Tensor:
        """Standard normal values of `shape`."""
        drawn = torch.randn(shape, dtype=torch.float64, generator=self.generator())
        return drawn.to(dtype).requires_grad_(requires_grad)

    def uniform(
        self,
        *shape: int,
        low: float = 0.0,
        high: float = 1.0,
        dtype: torch.dtype = torch.float32,
        requires_grad: bool = False,
    ) -> Tensor:
        """Values of `shape`, uniform in [low, high)."""
        drawn = torch.rand(shape, dtype=torch.float64, generator=self.generator()) * (high - low) + low
        return drawn.to(dtype).requires_grad_(requires_grad)

    def integers(self, low: int, high: int, shape: tuple[int, ...], dtype: torch.dtype = torch.int64) -> Tensor:
        """Integers of `shape`, uniform in [low, high): `high` is not included."""
        return torch.randint(low, high, shape, generator=self.generator()).to(dtype)

    def permutation(self, n: int) -> Tensor:
        """The numbers 0 to n - 1 in random order, int64 of shape (n,)."""
        return torch.randperm(n, generator=self.generator())

    def size(self, low: int, high: int) -> int:
        """One integer from low to high, both included."""
        return int(torch.randint(low, high + 1, (), generator=self.generator()))
