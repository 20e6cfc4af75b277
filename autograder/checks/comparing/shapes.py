"""What a wrong shape, dtype or kind of value comes from, in words for the student."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from autograder.checks.values import describe, is_plain_array, is_plain_tensor, is_sequence

Shape = tuple[int, ...]


def shape_words(got: Shape, want: Shape) -> str:
    """The two shapes and what may lie between them."""
    cause = _cause(got, want)
    return f"shape {got} where {want} was expected{cause and '; ' + cause}"


def _cause(got: Shape, want: Shape) -> str:
    if got == ():
        return "was too much summed or averaged?"
    if want == ():
        return "is a sum or mean missing at the end?"
    if len(got) < len(want):
        return _fewer(got, want)
    if len(got) > len(want):
        return _more(got, want)
    if sorted(got) == sorted(want):
        turned = ": is it transposed?" if got == want[::-1] and len(got) == 2 else ""
        return f"the axes are in another order{turned}"
    joined = _broadcast(got, want)
    if joined:
        return joined
    differing = [dim for dim, (one, other) in enumerate(zip(got, want, strict=True)) if one != other]
    if len(differing) == 1 and abs(got[differing[0]] - want[differing[0]]) == 1:
        return f"dim {differing[0]} is off by one: where does its range begin and end?"
    if math.prod(got) == math.prod(want):
        return "the elements are as many: a reshape with the sizes mixed up?"
    return ""


def _fewer(got: Shape, want: Shape) -> str:
    gone = _removed(want, got)
    if gone is None:
        flat = math.prod(got) == math.prod(want)
        return "was it flattened? The elements are as many" if flat else "axes are missing: was too much reduced?"
    if want[gone] != 1:
        return f"dim {gone} is missing: was it summed, averaged or indexed away?"
    return f"an axis of size 1, dim {gone}, is missing: did a reduction lose keepdim=True?"


def _more(got: Shape, want: Shape) -> str:
    extra = _removed(got, want)
    if extra is not None and got[extra] == 1:
        return f"an axis of size 1, dim {extra}, is left over (squeeze it, or drop keepdim)"
    joined = _broadcast(got, want)
    if joined:
        return joined
    if extra is not None:
        return f"dim {extra} is one too many: is a sum, mean or index over it missing?"
    return "did two shapes broadcast against each other?"


def _removed(longer: Shape, shorter: Shape) -> int | None:
    """The dim without which `longer` is `shorter`; one of size 1 first."""
    fits = [dim for dim in range(len(longer)) if longer[:dim] + longer[dim + 1 :] == shorter]
    return min(fits, key=lambda dim: longer[dim] != 1, default=None)


def _broadcast(got: Shape, want: Shape) -> str:
    """Names the operands where a column met a row: (n,) with (n, 1), or (n, 1) with (1, n)."""
    if len(got) == 2 and got[0] == got[1] and want in ((got[0],), (got[0], 1), (1, got[0])):
        n = got[0]
        return f"did ({n},) and ({n}, 1) broadcast against each other?"
    if len(got) == len(want) and all(
        one == other or other == 1 or one == 1 for one, other in zip(got, want, strict=True)
    ):
        grown = [dim for dim, (one, other) in enumerate(zip(got, want, strict=True)) if other == 1 != one]
        return f"dim {grown[0]} was not reduced, or it was broadcast" if grown else "is a broadcast missing?"
    return ""


def dtype_words(got: torch.dtype, want: torch.dtype) -> str:
    """The two dtypes and what may lie between them."""
    cause = ""
    if got == torch.float64 and want.is_floating_point:
        cause = "; numpy arrays and .double() bring float64 in: go back with .to(x.dtype)"
    elif want == torch.float64 and got.is_floating_point:
        cause = "; precision is lost on the way: use the dtype of the input, x.dtype"
    elif want.is_floating_point and not got.is_floating_point and not got.is_complex:
        cause = "; is a conversion to float missing, or was a comparison returned?"
    elif not want.is_floating_point and got.is_floating_point:
        cause = "; labels, counts and indices are integers: was .float() called, or a division made?"
    elif got == torch.bool:
        cause = "; a comparison gives bool: count with .sum(), or convert"
    elif want == torch.bool:
        cause = "; a comparison gives bool: is a conversion left over?"
    elif got == torch.int32:
        cause = "; torch's labels and counts are int64: .long()"
    return f"dtype {got} where {want} was expected{cause}"


def kind_words(got: object, expected: str) -> str:
    """Where a tensor was due and something else came."""
    cause = ""
    if is_sequence(got) and len(got) == 1 and is_plain_tensor(got[0]):
        cause = "; a comma after the value makes a tuple" if type(got) is tuple else "; take the tensor out of it"
    elif type(got) is list:
        cause = "; torch.stack or torch.cat makes one tensor of several"
    elif is_sequence(got):
        cause = "; return the one that was asked for"
    elif type(got) in (int, float, bool, complex):
        cause = "; .item() and float() leave torch: return the tensor itself"
    elif is_plain_array(got):
        cause = "; stay within torch, or come back with torch.from_numpy"
    elif is_plain_tensor(got):
        cause = "; .numpy() is missing"
    return f"expected {expected}, got {describe(got)}{cause}"


def layout_words(got: Tensor, want: Tensor) -> str:
    """A difference of device or layout, or nothing."""
    if got.device.type != want.device.type:
        return f"the tensor is on device {got.device.type} where {want.device.type} was expected"
    if got.layout != torch.strided:
        return f"a {got.layout} tensor where a dense one was expected"
    return ""
