"""Random numbers in a student's code: they follow from the seed that is given, and no shared generator is touched."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.beside import current_builder, remote
from autograder.checks.failure import Failure
from autograder.checks.properties.runs import difference, run, shapes_of
from autograder.checks.rng import Rng

_MOST_ROWS = 32


def seeded(fn: Callable[[int], Any], rng: Rng) -> bool:
    """`fn(seed)` depends on the seed and on nothing else: the same seed gives the same values whatever was drawn before
    and wherever the shared generators are, other seeds (0, 1 and 2 among them) give others, and no two rows are alike.

    Args:
        fn: from an int seed to a tensor of random values; two rows or more along dim 0 are compared with each other.
        rng: gives the seeds.

    Raises:
        Failure: it does not.
    """
    seeds = [0, 1, 2, rng.seed(), rng.seed()]
    state = remote(torch.get_rng_state)()
    try:
        drawn = [_drawn(fn, seed, rng.seed()) for seed in seeds]
        again = [_drawn(fn, seed, rng.seed()) for seed in reversed(seeds)]
    finally:
        remote(torch.set_rng_state)(state)
    for one, other in zip(drawn, reversed(again), strict=True):
        if seen := difference(other, one, 0.0, 0.0):
            raise Failure(
                f"the same seed gave other values the second time: {seen}. Make a generator from the seed in every "
                "call, torch.Generator().manual_seed(seed), and draw everything with generator=..."
            )
    for i, one in enumerate(drawn):
        for other in drawn[:i]:
            if one.numel() and one.shape == other.shape and torch.equal(one, other):
                raise Failure(f"two different seeds gave the same values, of {shapes_of(one)}: is the seed used?")
        _rows_differ(one)
    return True


def no_global_randomness(call: Callable[[], Any]) -> bool:
    """`call` leaves the shared generators of torch, numpy and Python, in the student's process, where they were.

    Args:
        call: runs the student's code: `lambda: student.noise((3, 4), seed)`.

    Raises:
        Failure: one has moved, or was seeded.
    """
    shared = _shared_generators()
    found = {generator.name: generator.read() for generator in shared}
    for generator in shared:
        generator.draw()  # a call that seeds it would otherwise leave it as an earlier one did
    before = {generator.name: generator.read() for generator in shared}
    call()
    after = {generator.name: generator.read() for generator in shared}
    for generator in shared:
        generator.put(found[generator.name])
    for name, state in before.items():
        if not _same_state(state, after[name]):
            raise Failure(
                f"{name}'s shared generator is not where it was before the call: other code draws from it too. Make "
                "one of your own, torch.Generator().manual_seed(seed), and draw with generator=..."
            )
    return True


def _drawn(fn: Callable[[int], Any], seed: int, elsewhere: int) -> Tensor:
    """What `fn` gives while torch's shared generator, over there, is somewhere else."""
    remote(torch.set_rng_state)(torch.Generator().manual_seed(elsewhere).get_state())
    return run(fn, seed).detach().clone()


def _rows_differ(drawn: Tensor) -> None:
    if drawn.ndim == 0 or drawn.shape[0] < 2 or drawn[0].numel() == 0 or not drawn.is_floating_point():
        return
    rows = drawn[:_MOST_ROWS].reshape(min(len(drawn), _MOST_ROWS), -1)
    if len(torch.unique(rows, dim=0)) < len(rows):
        raise Failure(
            f"rows of the result, of {shapes_of(drawn)}, are alike: draw the whole shape at once, or seed once"
        )


@dataclass(frozen=True)
class _Generator:
    """A library's shared generator, in the student's process."""

    name: str
    read: Callable[[], Any]
    put: Callable[[Any], Any]
    draw: Callable[[], Any]


def _shared_generators() -> tuple[_Generator, ...]:
    return (
        _Generator("torch", remote(torch.get_rng_state), remote(torch.set_rng_state), _draw_of_torch),
        _Generator("numpy", _there(np.random.get_state), _there(np.random.set_state), _there(np.random.rand)),
        _Generator("Python", _there(random.getstate), _there(random.setstate), _there(random.random)),
    )


def _draw_of_torch() -> None:
    remote(torch.nn.functional.dropout)(torch.ones(1))


def _there(method: Callable[..., Any]) -> Any:
    """A bound method of a shared generator, which `remote` does not find by its name, in the student's process."""
    builder = current_builder.get()
    return method if builder is None else builder(method)


def _same_state(one: Any, other: Any) -> bool:
    if isinstance(one, Tensor) or isinstance(other, Tensor):
        return isinstance(one, Tensor) and isinstance(other, Tensor) and torch.equal(one, other)
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return bool(np.array_equal(one, other))
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(_same_state, one, other))
    return bool(one == other)
