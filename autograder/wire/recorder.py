"""What torch really did while the student's code ran: operations, elements, memory. Counted where that code runs, so it
is evidence and no proof: the code could tamper with it. Both sides may import this; torch is handed in.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from types import FrameType
from typing import Any

MAX_NAMES = 2_000
"""How many different operations are kept apart."""
_NOT_STUDENTS = (sys.prefix, sys.base_prefix, __file__.rsplit("/", 2)[0])
_NOTHING = nullcontext()
_WRITES_NOTHING = frozenset({"_unsafe_view", "lift_fresh", "_local_scalar_dense"})

_current: ContextVar[Recorder | None] = ContextVar("_current", default=None)


def start(torch: Any, lines: bool = False) -> None:
    """Begin to record, in this thread, what runs inside `recorded()`.

    Args:
        torch: the module.
        lines: count the lines of Python that the student's code runs too, which makes it several times slower.
    """
    _current.set(Recorder(torch, lines))


def stop() -> dict[str, Any]:
    """End it.

    Returns:
        `operations` (name such as "aten.mm" -> calls), and as integers: `elements` and `bytes` that operations wrote,
        `peak_bytes` of tensors made and alive at one time, `flops`, `lines` of Python.

    Raises:
        RuntimeError: nothing was being recorded.
    """
    recorder = _current.get()
    if recorder is None:
        raise RuntimeError("nothing is being recorded")
    _current.set(None)
    return recorder.found()


def recorded() -> AbstractContextManager[None]:
    """The student's code runs inside. Nothing happens where nothing is to be recorded."""
    recorder = _current.get()
    return _NOTHING if recorder is None else recorder.inside()


def aside() -> AbstractContextManager[None]:
    """Not the student's code runs inside, but something that it asked for or that watches it."""
    recorder = _current.get()
    return _NOTHING if recorder is None else recorder.outside()


class Recorder:
    """Counts of one recording. `start` makes one."""

    def __init__(self, torch: Any, lines: bool) -> None:
        self.active = False
        self._mode = _mode_class(torch)(self)
        self._entered = False
        self._operations: dict[str, int] = {}
        self._names: dict[Any, str] = {}
        self._elements = self._bytes = self._flops = self._lines = 0
        self._live = self._peak = 0
        self._known: dict[int, weakref.ref[Any]] = {}
        self._count_lines = lines

    def found(self) -> dict[str, Any]:
        """All counts."""
        return {
            "operations": dict(self._operations),
            "elements": self._elements,
            "bytes": self._bytes,
            "peak_bytes": self._peak,
            "flops": self._flops,
            "lines": self._lines,
        }

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Record what runs inside, however often one such stands in another."""
        before, self.active = self.active, True
        outermost, self._entered = not self._entered, True
        tracing = sys.gettrace()
        try:
            if not outermost:
                yield
                return
            if self._count_lines:
                sys.settrace(self._called)
            with self._mode:
                yield
        finally:
            if outermost:
                self._entered = False
                if self._count_lines:
                    sys.settrace(tracing)
            self.active = before

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Record nothing of what runs inside."""
        before, self.active = self.active, False
        try:
            yield
        finally:
            self.active = before

    def dispatched(self, operation: Any, args: tuple[Any, ...], result: Any) -> None:
        """One operation has run."""
        name = self._names.get(operation)
        if name is None:
            name = self._names[operation] = str(operation).rpartition(".")[0][:100]
        if name.startswith("profiler."):
            return  # marks that torch's optimizers make around their steps
        if name in self._operations or len(self._operations) < MAX_NAMES:
            self._operations[name] = self._operations.get(name, 0) + 1
        last = name.rpartition(".")[2]
        if getattr(operation, "is_view", False):
            return
        made = [part for part in (result if isinstance(result, tuple | list) else [result]) if hasattr(part, "numel")]
        for tensor in made:
            self._allocated(tensor)
        if last in _WRITES_NOTHING or "empty" in last:
            return
        self._elements += sum(tensor.numel() for tensor in made)
        self._bytes += sum(tensor.numel() * tensor.itemsize for tensor in made)
        formula = _FLOPS.get(last)
        if formula is not None:
            self._flops += formula(args, result)

    def _allocated(self, tensor: Any) -> None:
        try:
            storage = tensor.untyped_storage()
        except (RuntimeError, NotImplementedError):  # sparse
            return
        key, size = storage._cdata, storage.nbytes()
        if key in self._known:
            return

        def freed(_: object) -> None:
            self._known.pop(key, None)
            self._live -= size

        self._known[key] = weakref.ref(storage, freed)
        self._live += size
        self._peak = max(self._peak, self._live)

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        """A trace function: follow the student's frames, and no others."""
        if not _is_students(frame.f_code.co_filename):
            return None
        self._lines += self.active

        def ran(_frame: FrameType, event: str, _argument: object) -> Any:
            self._lines += self.active and event == "line"
            return ran

        return ran


@cache
def _is_students(file: str) -> bool:
    """Whether code of that file is a cell's, or a module's of the student's own."""
    if file.startswith("<"):
        return file.startswith(("<cell ", "<ipython-input"))
    return not file.startswith(_NOT_STUDENTS)


@cache
def _mode_class(torch: Any) -> Callable[[Recorder], Any]:
    class Counting(torch.utils._python_dispatch.TorchDispatchMode):  # type: ignore[misc]
        def __init__(self, recorder: Recorder) -> None:
            super().__init__()
            self._recorder = recorder

        @classmethod
        def _should_skip_dynamo(cls) -> bool:
            return False  # to say so to torch's compiler would import it first, which takes seconds

        def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = operation(*args, **(kwargs or {}))
            if self._recorder.active:
                self._recorder.dispatched(operation, args, result)
            return result

    return Counting


# Two for each multiplication with its addition, as is usual: of matrix products, convolutions and attention alone.
# The shapes are those of the operations' own arguments, in native_functions.yaml of PyTorch.


def _product(args: tuple[Any, ...], _result: Any) -> int:
    return int(2 * args[0].numel() * (args[1].shape[-1] if args[1].dim() > 1 else 1))


def _added_product(args: tuple[Any, ...], result: Any) -> int:
    return _product(args[1:], result)


def _convolution(args: tuple[Any, ...], result: Any) -> int:
    transposed = len(args) > 6 and args[6]
    return int(2 * (args[0] if transposed else result).numel() * args[1][0].numel())


def _convolution_backward(args: tuple[Any, ...], _result: Any) -> int:
    gradient, given, weight, transposed, wanted = args[0], args[1], args[2], args[7], args[10]
    return int(2 * (given if transposed else gradient).numel() * weight[0].numel() * sum(map(bool, wanted[:2])))


def _attention(args: tuple[Any, ...], _result: Any) -> int:
    query, key, value = args[:3]
    return int(2 * query[..., 0].numel() * key.shape[-2] * (query.shape[-1] + value.shape[-1]))


_FLOPS: dict[str, Callable[[tuple[Any, ...], Any], int]] = {
    "mm": _product,
    "bmm": _product,
    "mv": _product,
    "dot": _product,
    "vdot": _product,
    "addmm": _added_product,
    "baddbmm": _added_product,
    "addbmm": _added_product,
    "addmv": _added_product,
    "_addmm_activation": _added_product,
    "convolution": _convolution,
    "convolution_backward": _convolution_backward,
    "_scaled_dot_product_flash_attention_for_cpu": _attention,
    "_scaled_dot_product_flash_attention": _attention,
    "_scaled_dot_product_efficient_attention": _attention,
    "_scaled_dot_product_cudnn_attention": _attention,
}
