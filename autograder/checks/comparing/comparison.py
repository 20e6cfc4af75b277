"""`close`: compare a student's value with the expected one, in the order type, shape, dtype, finiteness, values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks import explain
from autograder.checks.comparing.audit import audited
from autograder.checks.comparing.difference import difference_words, index_of, show
from autograder.checks.comparing.patterns import pattern
from autograder.checks.comparing.shapes import dtype_words, kind_words, layout_words, shape_words
from autograder.checks.comparing.tolerance import CEILING, Bounds, allowance, magnitudes
from autograder.checks.values import describe, is_dict, is_plain_array, is_plain_tensor, is_sequence


class Mismatch(Exception):
    """The words for the first thing that differs."""

    def __init__(self, message: str, reason: str = "wrong_answer") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Measured:
    """An expected tensor, array or number whose allowance is known, element by element."""

    value: Any
    allowed: Tensor
    """float64, of the shape of `value`."""


class Close:
    """The right-hand side of `assert got == close(want)`. Make one with `close()` or `close_to()`."""

    __hash__ = None  # type: ignore[assignment]
    __array_ufunc__ = None
    """Makes an ndarray on the left leave the comparison to this class."""

    def __init__(self, expected: Any, bounds: Bounds = Bounds(), sizes: tuple[int, ...] = ()) -> None:  # noqa: B008
        self._expected = expected
        self._bounds = bounds
        self._sizes = sizes
        """Sizes of the inputs, by which a factor may be recognised."""

    def __eq__(self, got: object) -> bool:
        try:
            self._compare(got, self._expected, "")
        except Mismatch as mismatch:
            explain.say(str(mismatch), mismatch.reason)
            counted = explain.mismatches.get()
            return counted is not None and counted.overlooks()
        explain.clear()
        return True

    def __ne__(self, got: object) -> bool:
        return not self == got

    def __repr__(self) -> str:
        return "close(...)"

    def _compare(self, got: object, want: Any, where: str, allowed: Tensor | None = None) -> None:
        if isinstance(want, Measured):
            self._compare(got, want.value, where, want.allowed)
        elif isinstance(want, Tensor):
            self._compare_tensor(got, want, where, allowed)
        elif isinstance(want, np.ndarray):
            self._compare_array(got, want, where, allowed)
        elif isinstance(want, bool | int | float | complex | np.generic):
            self._compare_number(got, want.item() if isinstance(want, np.generic) else want, where, allowed)
        elif isinstance(want, dict):
            self._compare_dict(got, want, where)
        elif isinstance(want, list | tuple):
            self._compare_sequence(got, want, where)
        elif want is None or isinstance(want, str | bytes):
            if type(got) is not type(want):
                raise Mismatch(f"{where}expected {describe(want).split(':')[0]}, got {describe(got)}", "wrong_type")
            if got != want:
                raise Mismatch(f"{where}the {type(want).__name__} is not the expected one")
        else:
            raise TypeError(f"close() cannot compare with {type(want).__name__}")

    def _compare_tensor(self, got: object, want: Tensor, where: str, allowed: Tensor | None) -> None:
        if not is_plain_tensor(got):
            raise Mismatch(f"{where}{kind_words(got, 'a torch tensor')}", "wrong_type")
        if tuple(got.shape) != tuple(want.shape):
            raise Mismatch(f"{where}{shape_words(tuple(got.shape), tuple(want.shape))}")
        if got.dtype != want.dtype:
            raise Mismatch(f"{where}{dtype_words(got.dtype, want.dtype)}", "wrong_type")
        accelerated = got.device.type == "cuda"
        if accelerated and want.device.type == "cpu":
            got = got.cpu()  # with the student in another process, every tensor comes back like that
        elsewhere = layout_words(got, want)
        if elsewhere:
            raise Mismatch(f"{where}{elsewhere}", "wrong_type")
        self._compare_values(got.detach(), want.detach(), where, allowed, accelerated=accelerated)

    def _compare_array(self, got: object, want: np.ndarray[Any, Any], where: str, allowed: Tensor | None) -> None:
        if not is_plain_array(got):
            raise Mismatch(f"{where}{kind_words(got, 'a numpy array')}", "wrong_type")
        if got.shape != want.shape:
            raise Mismatch(f"{where}{shape_words(got.shape, want.shape)}")
        if got.dtype != want.dtype:
            raise Mismatch(f"{where}dtype {got.dtype} where {want.dtype} was expected", "wrong_type")
        self._compare_values(_as_tensor(got), _as_tensor(want), where, allowed)

    def _compare_number(self, got: object, want: complex, where: str, allowed: Tensor | None) -> None:
        scalar = isinstance(got, np.generic) and type(got).__module__ == "numpy"
        single = (is_plain_tensor(got) or is_plain_array(got)) and got.shape == ()
        value: object = got.item() if scalar or single else got  # type: ignore[attr-defined]
        kinds: tuple[type, ...] = (bool,) if isinstance(want, bool) else (int, float, complex)
        if type(value) not in kinds:
            kind = "True or False" if isinstance(want, bool) else "a number"
            raise Mismatch(f"{where}expected {kind}, got {describe(got)}", "wrong_type")
        if isinstance(want, bool) or (isinstance(want, int) and isinstance(value, int)):
            if value != want:
                told = f": expected {want}, got {value}" if explain.shown.get() else ""
                raise Mismatch(f"{where}the {'answer' if isinstance(want, bool) else 'number'} is wrong{told}")
            return
        got_tensor, want_tensor = _as_tensor(np.asarray(value)), _as_tensor(np.asarray(want))
        if isinstance(want, int):
            got_tensor, want_tensor = _floats(got_tensor), want_tensor.double()
        self._compare_values(got_tensor, want_tensor, where, allowed, number=True)

    def _compare_sequence(self, got: object, want: list[Any] | tuple[Any, ...], where: str) -> None:
        kind = "a tuple" if isinstance(want, tuple) else "a list"
        if not is_sequence(got):
            raise Mismatch(f"{where}expected {kind} of {len(want)} values, got {describe(got)}", "wrong_type")
        if len(got) != len(want):
            raise Mismatch(f"{where}{len(got)} value{'s' * (len(got) != 1)} where {len(want)} were expected")
        for position, (one, other) in enumerate(zip(got, want, strict=True)):
            self._compare(one, other, f"{where}value {position}: ")

    def _compare_dict(self, got: object, want: dict[Any, Any], where: str) -> None:
        if not is_dict(got):
            raise Mismatch(f"{where}expected a dict, got {describe(got)}", "wrong_type")
        missing, extra = want.keys() - got.keys(), got.keys() - want.keys()
        if missing or extra:
            raise Mismatch(f"{where}the dict lacks {len(missing)} of the keys and has {len(extra)} that do not belong")
        for key, other in want.items():
            self._compare(got[key], other, f"{where}key {key!r}: ")

    def _compare_values(
        self,
        got: Tensor,
        want: Tensor,
        where: str,
        allowed: Tensor | None,
        *,
        number: bool = False,
        accelerated: bool = False,
    ) -> None:
        same_finiteness(got, want, where)
        if want.numel() == 0:
            return
        if allowed is None and (want.is_floating_point() or want.is_complex() or got.is_floating_point()):
            allowed = allowance(want, self._bounds, number=number, accelerated=accelerated)
        wrong = self._wrong(got, want, allowed)
        if not bool(wrong.any()):
            audited(got, lambda other: self._agrees(other, want, allowed))
            return
        if number and _could_be_guessed(want) and not explain.shown.get():
            raise Mismatch(f"{where}the number is wrong")
        seen = pattern(got, want, wrong=wrong, sizes=self._sizes)
        raise Mismatch(f"{where}{difference_words(got, want, wrong, seen)}")

    def _wrong(self, got: Tensor, want: Tensor, allowed: Tensor | None) -> Tensor:
        """Where the two differ by more than is allowed; infinities and NaN are where they should be."""
        if allowed is None:
            return self._wrong_integers(got, want)
        wide = torch.complex128 if want.is_complex() or got.is_complex() else torch.float64
        theirs = want.to(wide)
        return ((got.to(wide) - theirs).abs() > allowed) & theirs.isfinite()

    def _agrees(self, got: Tensor, want: Tensor, allowed: Tensor | None) -> bool:
        try:
            same_finiteness(got, want, "")
        except Mismatch:
            return False
        return not bool(self._wrong(got, want, allowed).any())

    def _wrong_integers(self, got: Tensor, want: Tensor) -> Tensor:
        """Integers and bools, without a detour through floats: int64 does not fit in them."""
        bounds = self._bounds
        if bounds.rtol is None and bounds.atol is None:
            return got != want
        size = magnitudes(want)
        most = min(bounds.atol or 0.0, CEILING * (float(size.max()) or 1.0))
        return (got.double() - want.double()).abs() > most + (bounds.rtol or 0.0) * size


def close(
    expected: Any,
    rtol: float | None = None,
    atol: float | None = None,
    terms: int = 1,
    magnitude: float | Tensor | None = None,
) -> Close:
    """The right-hand side of `assert got == close(want)`.

    A tensor must match in shape and dtype, and may lie on a GPU; a Python number accepts a number or a 0-dim tensor;
    tuples, lists and dicts are compared element by element. NaN and infinities must stand exactly where they are
    expected. Explanations name shapes, dtypes, error sizes and positions, never an expected value.

    An error is allowed up to `rtol * |want| + part * scale` at each element, where `scale` is the largest |want|, or
    `magnitude`; both factors by dtype and device, `tolerance.TABLE`. Which elements of `want` are ill-conditioned is
    not known here: `close_to` measures it.

    Args:
        expected: tensor, number, bool, ndarray, str, None, or a tuple, list or dict of them.
        rtol: relative tolerance in place of the default, at most 0.02.
        atol: absolute tolerance in place of the part of the scale. It counts up to 0.02 of the largest expected
            magnitude (of 1, where all are zero), so that zeros are never accepted.
        terms: how many terms are summed into each value: the part of the scale grows with its square root.
        magnitude: the size of what is added and subtracted on the way, where it cancels out: logits of 5000 minus
            their maximum. A number, or a tensor that broadcasts to `expected`. 0 where nothing cancels: each element is
            then judged by its own size, as in the small entries of a softmax.

    Raises:
        ValueError: a tolerance that would accept 1.05 times the answer, or that makes no sense.
    """
    return Close(expected, Bounds(rtol, atol, terms, magnitude))


def same_finiteness(got: Tensor, want: Tensor, where: str) -> None:
    """NaN only where NaN is expected, and each infinity exactly where and as it is expected."""
    if bool(got.isfinite().all()) and bool(want.isfinite().all()):
        return
    for name, test in (("NaN", torch.isnan), ("+inf", torch.isposinf), ("-inf", torch.isneginf)):
        if got.is_complex() or want.is_complex():
            test = torch.isnan if name == "NaN" else torch.isinf
        mine, theirs = test(got), test(want)
        unexpected, missing = mine & ~theirs, theirs & ~mine
        if bool(unexpected.any()):
            at = "" if got.ndim == 0 else f", first at index {show(index_of(unexpected.double()))}"
            count = "the result is" if got.ndim == 0 else f"{int(unexpected.sum())} of {got.numel()} elements are"
            raise Mismatch(f"{where}{count} {name} where a finite value was expected{at}; {_CAUSE[name]}", "not_finite")
        if bool(missing.any()):
            at = "" if got.ndim == 0 else f" at index {show(index_of(missing.double()))}"
            raise Mismatch(f"{where}{name} was expected{at} and something else came")


_CAUSE = {
    "NaN": "inf - inf, 0 / 0 or 0 * inf: did an exp overflow, or a mean go over nothing?",
    "+inf": "did an exp overflow, or a division meet zero?",
    "-inf": "was the log of zero taken: did an exp underflow first?",
}


def _as_tensor(array: np.ndarray[Any, Any]) -> Tensor:
    """A tensor with the array's values; strides and byte order that torch does not know are copied away."""
    return torch.from_numpy(np.array(array, dtype=array.dtype.newbyteorder("="), order="C"))


def _could_be_guessed(want: Tensor) -> bool:
    """Whether the size or sign of an error would tell the number: one of few digits, such as -1.0 or 0.25."""
    value = want.item()
    return isinstance(value, float) and float(f"{value:.3g}") == value


def _floats(values: Tensor) -> Tensor:
    return values if values.is_floating_point() or values.is_complex() else values.double()
