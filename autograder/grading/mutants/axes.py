"""The wrong axis: another `dim`, none at all, or a dimension that is kept or lost."""

from __future__ import annotations

import ast

from autograder.grading.mutants.code import Change, Code, Found, called, names, number, replaced

_KEYWORDS = frozenset({"dim", "axis", "dim0", "dim1", "start_dim", "end_dim"})
_NAMES = frozenset({"dim", "dims", "axis", "axes"})
_FIRST = names(
    "sum mean max min amax amin argmax argmin std var any all cumsum cumprod logcumsumexp logsumexp softmax "
    "log_softmax prod unsqueeze squeeze size flatten sort argsort gather index_select median nanmean nansum"
)
_SECOND = frozenset({"topk", "chunk", "split", "norm", "roll", "kthvalue"})
_LISTS = frozenset({"cat", "concat", "concatenate", "stack"})
_REDUCTIONS = names("sum mean max min amax amin argmax argmin std var any all prod median squeeze nanmean nansum norm")
MODULES = frozenset({"torch", "F", "np", "numpy", "functional", "math", "nn", "linalg", "special"})
"""Names of modules: what is called on them is a function, with the tensor as its first argument."""


def axis(code: Code, node: ast.AST) -> Found:
    """`dim=0` becomes `dim=1`; where the axis is an argument, it is taken for the last, or the first."""
    if not is_axis(code, node):
        return
    for other in _others(node):
        yield Change(f"axis {other} for {code.text(node)}", replaced(code, node, str(other)))


def fewer_axes(code: Code, node: ast.AST) -> Found:
    """`(0, 2, 3)` becomes `(2, 3)`: one of several axes is left out."""
    if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) < 2:
        return
    if not are_axes(code, node):
        return
    start, end = code.span(node)
    spans = code.pieces(start + 1, end - 1)
    for index in range(len(spans)):
        kept = [code.source[a:b] for at, (a, b) in enumerate(spans) if at != index]
        text = f"({kept[0]},)" if len(kept) == 1 else f"({', '.join(kept)})"
        left_out = code.source[slice(*spans[index])]
        yield Change(f"without axis {left_out}", replaced(code, node, text))


def no_axis(code: Code, node: ast.AST) -> Found:
    """`x.sum(dim=1)` becomes `x.sum()`: over everything."""
    if not isinstance(node, ast.Call) or called(node) not in _REDUCTIONS:
        return
    if any(keyword.arg in ("keepdim", "keepdims") for keyword in node.keywords):
        return
    for given in [*node.args, *node.keywords]:
        value = given.value if isinstance(given, ast.keyword) else given
        if is_axis(code, value) or (isinstance(given, ast.keyword) and given.arg in ("dim", "axis")):
            yield Change("over all axes", code.without_argument(node, given))


def keepdim(code: Code, node: ast.AST) -> Found:
    """`keepdim=True` becomes `keepdim=False`, and back."""
    if isinstance(node, ast.keyword) and node.arg in ("keepdim", "keepdims") and isinstance(node.value, ast.Constant):
        yield Change(f"keepdim {not node.value.value}", replaced(code, node.value, str(not node.value.value)))


def is_axis(code: Code, node: ast.AST) -> bool:
    """Whether a number, or a variable so called, tells an axis."""
    if number(node) is None and not isinstance(node, ast.Name):
        return False
    parent = code.parent(node)
    if isinstance(parent, ast.keyword):
        return parent.arg in _KEYWORDS
    if isinstance(parent, (ast.Tuple, ast.List)):
        return False  # fewer_axes()
    if isinstance(parent, ast.Subscript) and node is parent.slice:
        shape = parent.value
        return isinstance(shape, ast.Attribute) and shape.attr == "shape" and number(node) is not None
    if not isinstance(parent, ast.Call) or node not in parent.args:
        return False
    if isinstance(node, ast.Name) and node.id not in _NAMES:
        return False
    return parent.args.index(node) == _position(parent)


def on_module(call: ast.Call) -> bool:
    """Whether `torch.f(x)` is called rather than `x.f()`."""
    if not isinstance(call.func, ast.Attribute):
        return False
    value = call.func.value
    name = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    return name in MODULES


def _position(call: ast.Call) -> int:
    """Which positional argument is the axis; -1 where none is."""
    name = called(call)
    shift = on_module(call) or isinstance(call.func, ast.Name)
    if name in _LISTS:
        return 1
    if name in _FIRST:
        return int(shift)
    return 1 + shift if name in _SECOND else -1


def _others(node: ast.AST) -> tuple[int, ...]:
    here = number(node)
    if here is None:
        return (-1, 0)
    known = {0: (1, -1), 1: (0, 2), -1: (0, -2), 2: (1, -1), -2: (-1,)}  # for 1 not -1: the same, of two dimensions
    return known.get(int(here), (int(here) - 1,))


def are_axes(code: Code, node: ast.Tuple | ast.List) -> bool:
    """Whether the numbers are axes: given as `dim=`, or named so before."""
    if not all(isinstance(number(element), int) for element in node.elts) or code.text(node)[:1] not in ("(", "["):
        return False
    parent = code.parent(node)
    if isinstance(parent, ast.Assign):
        target = parent.targets[0]
        return isinstance(target, ast.Name) and target.id in _NAMES
    if isinstance(parent, ast.keyword):
        return parent.arg in _KEYWORDS
    return isinstance(parent, ast.Call) and node in parent.args and parent.args.index(node) == _position(parent)
