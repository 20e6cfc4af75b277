"""Training and evaluation: what of a module may be random or move, and when; that a function leaves the mode alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.properties.dependence import batch_independent
from autograder.checks.properties.runs import about_it, difference, run, shapes_of
from autograder.checks.values import describe, is_plain_tensor


def modes(
    model: Any,
    x: Tensor,
    *,
    random: bool = False,
    buffers: bool = False,
    output: Callable[[Any], Any] = lambda result: result,
    dim: int = 0,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """In eval mode the model is a fixed function of each row, and its buffers rest; in training it does what is said.

    The model ends in the mode in which it came; its running statistics may have moved.

    Args:
        model: the student's module, here or in their process.
        x: a batch of two rows or more, which differ.
        random: training draws, as dropout does: two passes must differ, and evaluation must not.
        buffers: training moves the buffers, as batch norm does, and evaluation must not. Where neither this nor
            `random` is said, training is not looked at.
        output: picks the tensor to look at from what the model returns: `lambda result: result[0]` for an LSTM.
        dim: the batch, in the input and in the result.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: a mode does what belongs to the other.
    """
    came = _mode(model)

    def call(batch: Tensor) -> Any:
        return output(model(batch))

    try:
        model.eval()
        _must_be(model, False)
        still = _buffers(model)
        fixed = run(call, x.clone())
        if moved := _moved(still, _buffers(model)):
            raise Failure(f"evaluation moved the buffer `{moved}`: update running statistics only if self.training")
        seen = difference(run(call, x.clone()), fixed, rtol, atol)
        if seen:
            raise Failure(f"in eval mode, the same input of {shapes_of(x)} gave two results: {seen}. {_RANDOM}")
        with about_it("in eval mode"):
            batch_independent(call, x, dim=dim, rtol=rtol, atol=atol)
        model.train()
        _must_be(model, True)
        if random:
            _differs(run(call, x.clone()), run(call, x.clone()), "two passes in training gave the same", _DROP)
        if buffers:
            _differs(run(call, x.clone()), fixed, "training and evaluation gave the same", _BATCH)
            after = _buffers(model)
            if not after:
                raise Failure(
                    "the model has no buffers: keep running statistics with self.register_buffer(name, tensor)"
                )
            if not _moved(still, after):
                raise Failure(f"training did not move any of the buffers {', '.join(after)}: {_STATISTICS}")
    finally:
        model.train(came)
    return True


@contextmanager
def same_mode(model: Any) -> Iterator[None]:
    """Fail if the block leaves `model`, or a module in it, in another mode (train, eval) than it found it in.

    Raises:
        Failure: it does.
    """
    before = _modes(model)
    yield
    if _modes(model) != before:
        now = "train" if _mode(model) else "eval"
        raise Failure(
            f"the model was left in another mode than it came in (it is in {now} mode now, at the top): remember "
            "`was = model.training` at the start and call `model.train(was)` at the end"
        )


_RANDOM = "Is dropout applied with training=self.training, and no noise drawn in eval mode?"
_DROP = "Is dropout applied in forward, with training=self.training, and a fresh mask drawn each time?"
_BATCH = "In training the statistics are the batch's own, in evaluation the running ones: is self.training asked?"
_STATISTICS = "change them in place (copy_, mul_, lerp_), under torch.no_grad(), or assign to the registered name"


def _differs(one: Tensor, other: Tensor, words: str, cause: str) -> None:
    if not difference(one, other, 0.0, 0.0):
        raise Failure(f"{words} result, of {shapes_of(one)}, and must not. {cause}")


def _mode(model: Any) -> bool:
    mode = getattr(model, "training", None)
    if mode is not True and mode is not False:
        raise Failure(f"expected a torch.nn.Module, got {describe(model)}", "wrong_type")
    return mode


def _must_be(model: Any, training: bool) -> None:
    if _mode(model) is not training:
        call = "train" if training else "eval"
        raise Failure(f"model.{call}() does not switch model.training: are train and eval left as nn.Module has them?")


def _modes(model: Any) -> list[bool]:
    _mode(model)
    return [_mode(part) for part in model.modules()]


def _buffers(model: Any) -> dict[str, Tensor]:
    found = dict(model.named_buffers())
    if not all(type(name) is str and is_plain_tensor(buffer) for name, buffer in found.items()):
        raise Failure("named_buffers() of the model gives something else than names and tensors", "wrong_type")
    return {name: buffer.detach().clone() for name, buffer in found.items()}


def _moved(before: dict[str, Tensor], after: dict[str, Tensor]) -> str:
    """The first buffer that is not as it was, or ""."""
    if before.keys() != after.keys():
        return next(iter(before.keys() ^ after.keys()))
    return next((name for name, old in before.items() if difference(after[name], old, 0.0, 0.0)), "")
