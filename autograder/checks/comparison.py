"""`close`: compare a student's value with the expected one, in the order type, shape, dtype, finiteness, values."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks import explain
from autograder.checks.patterns import pattern
from autograder.checks.tolerance import allowance
from autograder.checks.values import describe, is_plain_array, is_plain_tensor, is_sequence


class Mismatch(Exception):
    """The words for the first thing that differs."""

    def __init__(self, message: str, reason: str = "wrong_answer") -> None:
        super().__init__(message)
        self.reason = reason


class Close:
    """The right-hand side of `assert got == close(want)`. Make one with `close()`."""

    __hash__ = None  # type: ignore[assignment]
    __array_ufunc__ = None
    """Makes an ndarray on the left leave the comparison to this class."""

    def __init__(self, expected: Any, rtol: float | None = None, atol: float | None = None) -> None:
        self._expected = expected
        self._rtol = rtol
        self._atol = atol

    def __eq__(self, got: object) -> bool:
        try:
            self._compare(got, self._expected, "")
        except Mismatch as mismatch:
            explain.say(str(mismatch), mismatch.reason)
            return False
        explain.clear()
        return True

    def __ne__(self, got: object) -> bool:
        return not self == got

    def __repr__(self) -> str:
        return "close(...)"

    def _compare(self, got: object, want: Any, where: str) -> None:
        if isinstance(want, Tensor):
            self._compare_tensor(got, want, where)
        elif isinstance(want, np.ndarray):
            self._compare_array(got, want, where)
        elif isinstance(want, bool | int | float | complex | np.generic):
            self._compare_number(got, want.item() if isinstance(want, np.generic) else want, where)
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

    def _compare_tensor(self, got: object, want: Tensor, where: str) -> None:
        if not is_plain_tensor(got):
            raise Mismatch(f"{where}expected a torch tensor, got {describe(got)}", "wrong_type")
        _same_shape(tuple(got.shape), tuple(want.shape), where)
        if got.dtype != want.dtype:
            raise Mismatch(f"{where}dtype {got.dtype} where {want.dtype} was expected", "wrong_type")
        if got.device.type == "cuda" and want.device.type == "cpu":
            got = got.cpu()  # with the student in another process, every tensor comes back like that
        if got.device.type != want.device.type:
            said = f"on device {got.device.type} where {want.device.type} was expected"
            raise Mismatch(f"{where}the tensor is {said}", "wrong_type")
        if got.layout != torch.strided:
            raise Mismatch(f"{where}a {got.layout} tensor where a dense one was expected", "wrong_type")
        self._compare_values(got.detach(), want.detach(), where)

    def _compare_array(self, got: object, want: np.ndarray[Any, Any], where: str) -> None:
        if not is_plain_array(got):
            raise Mismatch(f"{where}expected a numpy array, got {describe(got)}", "wrong_type")
        _same_shape(got.shape, want.shape, where)
        if got.dtype != want.dtype:
            raise Mismatch(f"{where}dtype {got.dtype} where {want.dtype} was expected", "wrong_type")
        self._compare_values(_as_tensor(got), _as_tensor(want), where)

    def _compare_number(self, got: object, want: complex, where: str) -> None:
        scalar = isinstance(got, np.generic) and type(got).__module__ == "numpy"
        single = (is_plain_tensor(got) or is_plain_array(got)) and got.shape == ()
        value: object = got.item() if scalar or single else got  # type: ignore[attr-defined]
        allowed: tuple[type, ...] = (bool,) if isinstance(want, bool) else (int, float, complex)
        if type(value) not in allowed:
            kind = "True or False" if isinstance(want, bool) else "a number"
            raise Mismatch(f"{where}expected {kind}, got {describe(got)}", "wrong_type")
        if isinstance(want, bool) or (isinstance(want, int) and isinstance(value, int)):
            if value != want:
                raise Mismatch(f"{where}the {'answer' if isinstance(want, bool) else 'number'} is wrong")
            return
        got_tensor, want_tensor = _as_tensor(np.asarray(value)), _as_tensor(np.asarray(want))
        if isinstance(want, int):
            got_tensor, want_tensor = got_tensor.double(), want_tensor.double()
        self._compare_values(got_tensor, want_tensor, where, number=True)

    def _compare_sequence(self, got: object, want: list[Any] | tuple[Any, ...], where: str) -> None:
        kind = "a tuple" if isinstance(want, tuple) else "a list"
        if not is_sequence(got):
            raise Mismatch(f"{where}expected {kind} of {len(want)} values, got {describe(got)}", "wrong_type")
        if len(got) != len(want):
            raise Mismatch(f"{where}{len(got)} values where {len(want)} were expected")
        for position, (one, other) in enumerate(zip(got, want, strict=True)):
            self._compare(one, other, f"{where}value {position}: ")

    def _compare_dict(self, got: object, want: dict[Any, Any], where: str) -> None:
        if type(got) is not dict:
            raise Mismatch(f"{where}expected a dict, got {describe(got)}", "wrong_type")
        missing, extra = want.keys() - got.keys(), got.keys() - want.keys()
        if missing or extra:
            raise Mismatch(f"{where}the dict lacks {len(missing)} of the keys and has {len(extra)} that do not belong")
        for key, other in want.items():
            self._compare(got[key], other, f"{where}key {key!r}: ")

    def _compare_values(self, got: Tensor, want: Tensor, where: str, *, number: bool = False) -> None:
        _same_finiteness(got, want, where)
        if want.numel() == 0:
            return
        wide = torch.complex128 if want.is_complex() or got.is_complex() else torch.float64
        if wide is torch.float64 and not want.is_floating_point() and not got.is_floating_point():
            self._compare_exactly(got, want, where)
            return
        mine, theirs = got.to(wide), want.to(wide)
        finite = bool(theirs.isfinite().all())
        error = (mine - theirs).abs()
        if not finite:
            error = torch.where(theirs.isfinite(), error, torch.zeros_like(error))
        wrong = error > allowance(want, self._rtol, self._atol, number=number)
        if not bool(wrong.any()):
            return
        seen = "" if not finite or wide is torch.complex128 else pattern(mine, theirs)
        if want.ndim == 0:
            raise Mismatch(f"{where}off by {float(error):.2g}{seen}")
        index = _index_of(torch.where(wrong, error, -torch.ones_like(error)))
        largest = float(error[index])
        count = f"{int(wrong.sum())} of {wrong.numel()} elements differ"
        raise Mismatch(f"{where}largest error {largest:.2g} at index {_show(index)}; {count}{seen}")

    def _compare_exactly(self, got: Tensor, want: Tensor, where: str) -> None:
        """Integers and bools, without a detour through floats: int64 does not fit in them."""
        wrong = got != want
        if self._rtol is not None or self._atol is not None:
            error = (got.double() - want.double()).abs()
            wrong = error > (self._atol or 0.0) + (self._rtol or 0.0) * want.double().abs()
        if not bool(wrong.any()):
            return
        if want.ndim == 0:
            raise Mismatch(f"{where}the value is wrong")
        first = _index_of(wrong.double())
        seen = pattern(got.double(), want.double())
        count = f"{int(wrong.sum())} of {wrong.numel()} elements differ"
        raise Mismatch(f"{where}{count}, the first at index {_show(first)}{seen}")


def close(expected: Any, rtol: float | None = None, atol: float | None = None) -> Close:
    """The right-hand side of `assert got == close(want)`.

    A tensor must match in shape and dtype, and may lie on a GPU; a Python number accepts a number or a 0-dim tensor;
    tuples, lists and dicts are compared element by element. NaN and infinities must stand exactly where they are
    expected. Explanations name shapes, dtypes, error sizes and positions, never an expected value.

    Args:
        expected: tensor, number, bool, ndarray, str, None, or a tuple, list or dict of them.
        rtol: relative tolerance; default by dtype, see `tolerance.TABLE`.
        atol: absolute tolerance; default a small part of the largest expected magnitude.
    """
    return Close(expected, rtol, atol)


def _same_shape(got: tuple[int, ...], want: tuple[int, ...], where: str) -> None:
    if got == want:
        return
    guess = ""
    if len(got) == len(want) - 1 and got in {want[:i] + want[i + 1 :] for i in range(len(want)) if want[i] == 1}:
        guess = "; did an axis lose keepdim?"
    elif len(got) == len(want) + 1 and want in {got[:i] + got[i + 1 :] for i in range(len(got)) if got[i] == 1}:
        guess = "; an axis of size 1 is left over (squeeze it, or drop keepdim)"
    elif len(got) == len(want) and sorted(got) == sorted(want):
        guess = "; the axes are in another order"
    elif got == ():
        guess = "; was too much summed or averaged?"
    elif want == ():
        guess = "; is a sum or mean missing at the end?"
    elif len(got) > len(want) or (len(got) == len(want) and np.prod(got) > np.prod(want)):
        guess = "; did two shapes broadcast against each other?"
    raise Mismatch(f"{where}shape {got} where {want} was expected{guess}")


def _same_finiteness(got: Tensor, want: Tensor, where: str) -> None:
    """NaN only where NaN is expected, and each infinity exactly where and as it is expected."""
    if bool(got.isfinite().all()) and bool(want.isfinite().all()):
        return
    for name, test in (("NaN", torch.isnan), ("+inf", torch.isposinf), ("-inf", torch.isneginf)):
        if got.is_complex() or want.is_complex():
            test = torch.isnan if name == "NaN" else torch.isinf
        mine, theirs = test(got), test(want)
        unexpected, missing = mine & ~theirs, theirs & ~mine
        if bool(unexpected.any()):
            at = "" if got.ndim == 0 else f", first at index {_show(_index_of(unexpected.double()))}"
            count = "the result is" if got.ndim == 0 else f"{int(unexpected.sum())} of {got.numel()} elements are"
            raise Mismatch(f"{where}{count} {name} where a finite value was expected{at}; {_CAUSE[name]}", "not_finite")
        if bool(missing.any()):
            at = "" if got.ndim == 0 else f" at index {_show(_index_of(missing.double()))}"
            raise Mismatch(f"{where}{name} was expected{at} and something else came")


_CAUSE = {
    "NaN": "inf - inf, 0 / 0 or 0 * inf: did an exp overflow, or a mean go over nothing?",
    "+inf": "did an exp overflow, or a division meet zero?",
    "-inf": "was the log of zero taken: did an exp underflow first?",
}


def _as_tensor(array: np.ndarray[Any, Any]) -> Tensor:
    """A tensor with the array's values; strides and byte order that torch does not know are copied away."""
    return torch.from_numpy(np.array(array, dtype=array.dtype.newbyteorder("="), order="C"))


def _index_of(values: Tensor) -> tuple[int, ...]:
    """Where `values` is largest, the first such place."""
    return tuple(int(i) for i in np.unravel_index(int(values.reshape(-1).argmax()), tuple(values.shape)))


def _show(index: tuple[int, ...]) -> str:
    return str(index[0]) if len(index) == 1 else str(index)
