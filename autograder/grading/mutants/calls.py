"""A call that is given the wrong things, arguments swapped or left out, and values returned in the wrong order."""

from __future__ import annotations

import ast

from autograder.grading.mutants.code import Change, Code, Edit, Found, called, names, replaced

_SYMMETRIC = names(
    "maximum minimum allclose isclose equal eq ne add mul multiply dot logaddexp max min isinstance getattr "
    "hasattr setattr zip range Linear stack cat print gcd hypot all any logical_and logical_or logical_xor"
)
_OWN_OPERATORS = frozenset({"dim", "axis", "keepdim", "keepdims", "lr", "correction"})
_STRINGS = {"mean": "sum", "sum": "mean", "none": "mean", "batchmean": "mean"}


def arguments(code: Code, node: ast.AST) -> Found:
    """Two neighbours among the positional arguments change places."""
    if not isinstance(node, ast.Call) or called(node) in _SYMMETRIC:
        return
    spans = code.arguments(node)
    for at in range(len(node.args) - 1):
        pair = node.args[at : at + 2]
        if any(isinstance(argument, ast.Starred) for argument in pair):
            continue
        (a, b), (c, d) = spans[at], spans[at + 1]
        if code.source[a:b] != code.source[c:d]:
            edits = (Edit(a, b, code.source[c:d]), Edit(c, d, code.source[a:b]))
            yield Change(f"arguments of {called(node) or 'a call'} swapped", edits)


def argument_left_out(code: Code, node: ast.AST) -> Found:
    """A keyword argument is left to its default; axes have operators of their own."""
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in _OWN_OPERATORS:
            yield Change(f"without {keyword.arg}", code.without_argument(node, keyword))


def reduction_word(code: Code, node: ast.AST) -> Found:
    """`reduction="sum"` becomes `reduction="mean"`, as an argument or as a default."""
    if isinstance(node, ast.keyword) and node.arg == "reduction":
        yield from _other_word(code, node.value)
    if isinstance(node, ast.FunctionDef):
        for argument, default in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False):
            if argument.arg == "reduction":
                yield from _other_word(code, default)


def with_gradients(code: Code, node: ast.AST) -> Found:
    """`with torch.no_grad():` becomes `if True:`; a decorator of that name goes."""
    if isinstance(node, ast.With) and len(node.items) == 1:
        context = node.items[0].context_expr
        if isinstance(context, ast.Call) and called(context) in ("no_grad", "inference_mode"):
            start = code.span(node)[0]
            yield Change(f"without {called(context)}", (Edit(start, code.span(context)[1], "if True"),))
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and called(decorator) in ("no_grad", "inference_mode"):
                start, end = code.span(decorator)
                start = code.source.rindex("@", 0, start)
                line = code.source.rfind("\n", 0, start) + 1
                yield Change(f"without {called(decorator)}", (Edit(line, end + 1, ""),))


def returned(code: Code, node: ast.AST) -> Found:
    """`return a, b` becomes `return b, a`."""
    if not isinstance(node, ast.Return) or not isinstance(node.value, ast.Tuple) or len(node.value.elts) < 2:
        return
    start, end = code.span(node.value)
    spans = code.pieces(start, end)
    if len(spans) == 1:  # the tuple has parentheses of its own
        spans = code.pieces(start + 1, end - 1)
    (a, b), (c, d) = spans[0], spans[1]
    if code.source[a:b] != code.source[c:d]:
        edits = (Edit(a, b, code.source[c:d]), Edit(c, d, code.source[a:b]))
        yield Change("returned the other way round", edits)


def _other_word(code: Code, node: ast.expr) -> Found:
    if isinstance(node, ast.Constant) and node.value in _STRINGS:
        other = _STRINGS[node.value]
        yield Change(f"{other} for {node.value}", replaced(code, node, f'"{other}"'))
