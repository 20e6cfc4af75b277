"""What a `TrainingLog` notes, one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Forward:
    """The model was called."""

    number: int
    """Of this call, from 0."""
    size: int
    """Samples in the batch."""
    training: bool
    """The model was in training mode."""
    evaluating: bool
    """The model and all of its parts were in eval mode."""
    grad: bool
    """Gradients were being recorded: no `no_grad()` around it."""
    rows: tuple[int, ...] | None
    """Which training samples, by their index; None where its inputs are none of them as they stand."""
    heldout: bool
    """All inputs are rows of the held-out data."""
    alive: int
    """How many earlier graphs were still there."""


@dataclass(frozen=True)
class Backward:
    """A gradient reached the model's output."""

    forward: int
    """Number of the call that it belongs to."""
    clean: bool
    """No parameter had a gradient yet, or all were zero."""


@dataclass(frozen=True)
class Step:
    """The optimizer is about to step."""

    gradients: bool
    """Some parameter has a gradient that is not zero."""
    rate: float
    """Learning rate of the first group."""


Event = Forward | Backward | Step
