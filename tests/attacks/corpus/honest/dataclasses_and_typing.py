# /// attack
# title = "dataclasses, enums, generics, protocols, async, context managers, generators, decorators"
# ///

# %%
from __future__ import annotations

import asyncio
import contextlib
import enum
import functools
import itertools
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Config(Generic[T]):
    rate: float = 0.5
    layers: list[T] = field(default_factory=list)


class Mode(enum.Enum):
    TRAIN = "train"


class Point(NamedTuple):
    x: int


class Shape(Protocol):
    def area(self) -> float: ...


assert Config(layers=[1]).layers == [1] and Mode("train") is Mode.TRAIN and Point(1).x == 1


async def double(x):
    await asyncio.sleep(0)
    return 2 * x


assert asyncio.run(double(2)) == 4


@contextlib.contextmanager
def timer():
    yield


@functools.lru_cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


with timer():
    assert fibonacci(80) == 23416728348467685
assert list(itertools.islice(itertools.count(), 3)) == [0, 1, 2]
