"""`TrainingLog`: what a student's training loop really did, noted by hooks that stay with the check.

The student's code gets an ordinary model, optimizer and loader. Hooks on them call back here, also from another
process: each forward with its mode and its samples, each backward with the gradients that it found, each step.
"""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from autograder.checks.structure.training_events import Backward, Event, Forward, Step
from autograder.checks.structure.training_findings import Findings


class RecordedData(Dataset[tuple[Tensor, Tensor]]):
    """Pairs (x[i], y[i]) that note in `fetched` which were asked for. What `TrainingLog.dataset` gives."""

    __autograder_shown__ = frozenset(("tensors",))

    def __init__(self, x: Tensor, y: Tensor) -> None:
        self.tensors = (x, y)
        self.fetched: list[int] = []

    def __len__(self) -> int:
        return len(self.tensors[0])

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        self.fetched.append(index % len(self))
        return self.tensors[0][index], self.tensors[1][index]


class RecordedLoader(DataLoader[tuple[Tensor, Tensor]]):
    """A DataLoader of which a student's code in another process may read what loops ask for."""

    __autograder_shown__ = frozenset(("batch_size", "dataset", "drop_last"))


class TrainingLog(Findings):
    """Notes what a training loop does, and judges it: see `Findings` for what can be asked afterwards.

        with TrainingLog(x, y, heldout=x_test) as log:
            model = log.model(student.MLP(8, 3))
            opt = log.optimizer(remote(torch.optim.SGD)(model.parameters(), lr=0.1))
            student.train(model, opt, log.loader(batch_size=16), epochs=3)
        log.fresh_gradients()
        log.each_sample_once(epochs=3)

    The model and the optimizer may be the check's own, or stand in the student's process (`remote`, or a class of
    theirs): only there `isinstance(opt, torch.optim.Optimizer)` holds, which schedulers of torch's ask for, and does
    a loop that writes into `opt.param_groups` change the rate. The hooks are taken off at the end of the `with`.

    Attributes:
        events: everything, in order.
    """

    def __init__(self, x: Tensor, y: Tensor, heldout: Tensor | None = None) -> None:
        """
        Args:
            x: training inputs, shape (N, ...). Samples are told apart by their values: no two rows may be equal.
            y: their targets, shape (N, ...).
            heldout: inputs for evaluation, shape (M, ...), no row of which is in `x`.

        Raises:
            ValueError: rows are equal.
        """
        self.events: list[Event] = []
        self.count = len(x)
        self.has_heldout = heldout is not None
        self._data = RecordedData(x, y)
        self._index = {row: i for i, row in enumerate(_rows(x))}
        self._heldout = frozenset(_rows(heldout)) if heldout is not None else frozenset()
        if len(self._index) != len(x) or not self._heldout.isdisjoint(self._index):
            raise ValueError("samples are told apart by their values, and some are equal: draw others")
        self._parameters: list[Tensor] = []
        self._hooks: list[Any] = []
        self._listeners: weakref.WeakSet[_Listener] = weakref.WeakSet()
        self._forwards = 0

    def __enter__(self) -> TrainingLog:
        return self

    def __exit__(self, *_: object) -> None:
        while self._hooks:
            self._hooks.pop().remove()

    @property
    def fetched(self) -> list[int]:
        """The indices that were asked of the data set, in order."""
        return self._data.fetched

    def model(self, model: Any) -> Any:
        """`model` itself, whose calls are noted from now on; those of `model.forward`, which runs no hooks, are not."""
        self._parameters = [p for p in model.parameters() if isinstance(p, Tensor)]

        def called(module: Any, args: Any, kwargs: Any, output: Any) -> Any:  # a plain function: deepcopy keeps it
            return self._called(module, [*args, *kwargs.values()], output)

        self._hooks.append(model.register_forward_hook(called, with_kwargs=True))
        return model

    def optimizer(self, optimizer: Any) -> Any:
        """`optimizer` itself, whose steps are noted from now on."""

        def stepping(optimizer: Any, _args: Any, _kwargs: Any) -> None:
            self._stepping(optimizer)

        self._hooks.append(optimizer.register_step_pre_hook(stepping))
        return optimizer

    def dataset(self) -> RecordedData:
        """The training data as a data set, for a student who makes the loader."""
        return self._data

    def loader(self, batch_size: int, shuffle: bool = True, seed: int = 0, drop_last: bool = False) -> RecordedLoader:
        """A loader of the training data, shuffled anew in each epoch."""
        return RecordedLoader(
            self._data,
            batch_size=batch_size,
            shuffle=shuffle,
            drop_last=drop_last,
            generator=torch.Generator().manual_seed(seed),
        )

    def _called(self, module: Any, given: list[Any], output: Any) -> Any:
        x = next((value for value in given if isinstance(value, Tensor) and value.dim()), None)
        rows = [] if x is None else _rows(x)
        known = [self._index.get(row) for row in rows]
        number = self._forwards
        self._forwards += 1
        self.events.append(
            Forward(
                number,
                len(rows),
                module.training is True,
                not any(part.training for part in module.modules()),
                torch.is_grad_enabled(),
                tuple(i for i in known if i is not None) if known and None not in known else None,
                bool(rows) and self._heldout.issuperset(rows),
                len(self._listeners),
            )
        )
        return self._watched(output, number)

    def _watched(self, output: Any, number: int) -> Any:
        """The same output, in place of which it goes on, with an ear on its gradient; None where there is none."""
        if isinstance(output, Tensor):
            if not (output.requires_grad and torch.is_grad_enabled()):
                return None
            listener = _Listener(self.events, number, self._parameters)
            self._listeners.add(listener)
            output = output.clone()
            output.register_hook(listener)
            return output
        if type(output) is tuple:
            parts = [self._watched(part, number) for part in output]
            return tuple(old if new is None else new for old, new in zip(output, parts, strict=True))
        return None

    def _stepping(self, optimizer: Any) -> None:
        groups = optimizer.param_groups
        parameters = self._parameters or [p for group in groups for p in group["params"]]
        rate = groups[0]["lr"]
        self.events.append(Step(any(map(_has_gradient, parameters)), float(rate)))


class _Listener:
    """Hears of the gradient of what one call returned. Lives as long as its graph, to which autograd ties it."""

    def __init__(self, events: list[Event], number: int, parameters: list[Tensor]) -> None:
        self._events = events
        self._number = number
        self._parameters = parameters

    def __call__(self, _: Tensor) -> None:
        self._events.append(Backward(self._number, not any(map(_has_gradient, self._parameters))))


def _rows(x: Tensor) -> list[bytes]:
    """Each row's values, as something to compare."""
    plain = x.detach().cpu()
    exact = plain.double() if plain.is_floating_point() else plain.long()  # so that a change of dtype is none
    return [row.tobytes() for row in exact.contiguous().numpy()]


def _has_gradient(parameter: Any) -> bool:
    return isinstance(parameter, Tensor) and parameter.grad is not None and bool((parameter.grad != 0).any())
