"""Numbers that are a little off: one more, one less, twice as much, no epsilon; a switch the other way."""

from __future__ import annotations

import ast

from autograder.grading.mutants.axes import are_axes, is_axis
from autograder.grading.mutants.code import Change, Code, Edit, Found, called, number, replaced

_LARGEST = 16
"""A larger whole number is a size or a count that its author chose, where one more or less would be as good."""
_BYTES = frozenset({127, 128, 255, 256})
_FREE = frozenset({"lr", "learning_rate", "weight_decay", "seed"})
"""Keywords whose value is anyone's choice."""
_SMALL = 1e-3


def whole_number(code: Code, node: ast.AST) -> Found:
    """`n` becomes `n + 1` and `n - 1`."""
    here = number(node)
    if type(here) is not int or _is_part(code, node) or is_axis(code, node) or _is_free(code, node):
        return
    if abs(here) > _LARGEST and here not in _BYTES and not _is_index(code, node):
        return
    for other in (here + 1, here - 1):
        if other >= 0 or here < 0 or _is_index(code, node):
            yield Change(f"{other} for {here}", replaced(code, node, str(other)))


def real_number(code: Code, node: ast.AST) -> Found:
    """0.5 becomes 1.0; a tiny number becomes zero."""
    here = number(node)
    if type(here) is not float or _is_part(code, node) or _is_free(code, node):
        return
    if here == 0:
        others = [1.0]
    elif abs(here) <= _SMALL:
        others = [0.0]
    else:
        others = [2 * here, 0.0] if abs(here) == 1 else [2 * here]
    for other in others:
        yield Change(f"{other!r} for {here!r}", replaced(code, node, repr(other)))


def boundary(code: Code, node: ast.AST) -> Found:
    """The bound of a slice, where it is no number, is one off."""
    if not isinstance(node, ast.Slice):
        return
    for bound in (node.lower, node.upper):
        if bound is not None and number(bound) is None:
            at = code.span(bound)[1]
            for more, words in ((" + 1", "bound plus one"), (" - 1", "bound minus one")):
                yield Change(words, (Edit(at, at, more),))


def rounds(code: Code, node: ast.AST) -> Found:
    """`range(n)` goes one round less, one more, or starts at 1."""
    if not isinstance(node, ast.Call) or called(node) != "range" or not node.args or node.keywords:
        return
    if any(isinstance(argument, ast.Starred) for argument in node.args) or _only_repeats(code, node):
        return
    last = node.args[min(len(node.args), 2) - 1]
    here = number(last)
    for step, words in ((-1, "one round less"), (1, "one round more")):
        text = str(int(here) + step) if here is not None else f"{code.operand(last)} {'-' if step < 0 else '+'} 1"
        yield Change(words, replaced(code, last, text))
    if len(node.args) == 1:
        at = code.span(last)[0]
        yield Change("from the second round", (Edit(at, at, "1, "),))


def switch(code: Code, node: ast.AST) -> Found:
    """True becomes False, and back; `keepdim` is an axis's."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        parent = code.parent(node)
        if isinstance(parent, ast.keyword) and parent.arg in ("keepdim", "keepdims"):
            return
        name = f"{parent.arg} " if isinstance(parent, ast.keyword) and parent.arg else ""
        yield Change(f"{name}{not node.value}", replaced(code, node, str(not node.value)))


def _is_part(code: Code, node: ast.AST) -> bool:
    """Whether a number belongs to a larger one (its sign), or is looked after elsewhere."""
    parent = code.parent(node)
    if number(parent) is not None:
        return True
    if isinstance(parent, ast.Call) and called(parent) in ("range", "permute", "transpose", "movedim", "swapaxes"):
        return True
    return isinstance(parent, (ast.Tuple, ast.List)) and are_axes(code, parent)


def _is_free(code: Code, node: ast.AST) -> bool:
    parent = code.parent(node)
    return isinstance(parent, ast.keyword) and parent.arg in _FREE


def _is_index(code: Code, node: ast.AST) -> bool:
    parent = code.parent(node)
    if isinstance(parent, ast.Tuple):
        parent = code.parent(parent)
    return isinstance(parent, (ast.Subscript, ast.Slice))


def _only_repeats(code: Code, call: ast.Call) -> bool:
    """Whether the loop merely repeats, and so often that once more or less is the author's choice."""
    parent = code.parent(call)
    repeats = isinstance(parent, (ast.For, ast.comprehension)) and getattr(parent.target, "id", "") == "_"
    here = number(call.args[-1])
    return repeats and here is not None and here > _LARGEST
