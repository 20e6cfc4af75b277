"""Wrong sums and products: a sign, a term, an operand, an operator, or work in place on the caller's tensor."""

from __future__ import annotations

import ast

from autograder.grading.mutants.code import Change, Code, Edit, Found, called, names, number, replaced

_OTHER = {
    ast.Add: ("-", "minus for plus"),
    ast.Sub: ("+", "plus for minus"),
    ast.Mult: ("/", "division for product"),
    ast.Div: ("*", "product for division"),
    ast.FloorDiv: ("/", "division for floor division"),
    ast.Mod: ("//", "floor division for remainder"),
    ast.BitAnd: ("|", "or for and"),
    ast.BitOr: ("&", "and for or"),
}
_ORDERED = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)
_IN_PLACE = {ast.Add: "add_", ast.Sub: "sub_", ast.Mult: "mul_", ast.Div: "div_", ast.Pow: "pow_"}
_METHODS_IN_PLACE = names(
    "abs add clamp clamp_min clamp_max div exp float_power floor log masked_fill mul neg pow relu round "
    "sigmoid sqrt square sub tanh tril triu"
)
_NO_TENSOR = frozenset({"int", "float", "bool", "str", "list", "tuple", "dict"})


def operator(code: Code, node: ast.AST) -> Found:
    """`a + b` becomes `a - b`, `a * b` becomes `a / b`, and back."""
    if isinstance(node, ast.BinOp) and type(node.op) in _OTHER and not _is_text(node):
        sign, words = _OTHER[type(node.op)]
        _, (start, end), _ = code.operator(node.left, node.right)
        yield Change(words, (Edit(start, end, sign),))
    if isinstance(node, ast.AugAssign) and type(node.op) in _OTHER:
        sign, words = _OTHER[type(node.op)]
        _, (start, end), _ = code.operator(node.target, node.value)
        yield Change(f"{words} in place", (Edit(start, end, f"{sign}="),))


def overwritten(code: Code, node: ast.AST) -> Found:
    """`total += x` becomes `total = x`."""
    if isinstance(node, ast.AugAssign):
        _, (start, end), _ = code.operator(node.target, node.value)
        yield Change("overwritten", (Edit(start, end, "="),))


def term(code: Code, node: ast.AST) -> Found:
    """Of `a + b` and `a - b`, one term is left out; the other keeps its sign."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Add, ast.Sub)) or _is_text(node):
        return
    if number(node.right) != 0:
        yield _left_only(code, node, "without the right term")
    if number(node.left) != 0:
        sign = "-" if isinstance(node.op, ast.Sub) else ""
        yield _right_only(code, node, "without the left term", sign)


def factor(code: Code, node: ast.AST) -> Found:
    """Of `a * b`, `a / b` and `a ** b`, one operand is left out."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Mult, ast.Div, ast.FloorDiv, ast.Pow)):
        return
    if number(node.right) != 1:
        words = {ast.Mult: "the right factor", ast.Pow: "the power"}.get(type(node.op), "the divisor")
        yield _left_only(code, node, f"without {words}")
    if isinstance(node.op, ast.Mult) and number(node.left) != 1:
        yield _right_only(code, node, "without the left factor", "")


def sign(code: Code, node: ast.AST) -> Found:
    """`-x` becomes `x`; whole numbers are left to the constants and axes."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(number(node), int):
        start = code.span(node)[0]
        yield Change("without the minus", (Edit(start, start + 1, ""),))


def operands(code: Code, node: ast.AST) -> Found:
    """`a @ b` becomes `b @ a`; so for differences, quotients and powers."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, _ORDERED) or _is_text(node):
        return
    start, end = code.span(node)
    left_end, _, right_start = code.operator(node.left, node.right)
    left, right = code.source[start:left_end], code.source[right_start:end]
    if left == right or (isinstance(node.op, ast.Sub) and _loses_its_sign(code, node)):
        return
    left = code.operand(node.left) if left == code.text(node.left) else left
    right = code.operand(node.right) if right == code.text(node.right) else right
    yield Change("operands swapped", (Edit(start, left_end, right), Edit(right_start, end, left)))


def in_place(code: Code, node: ast.AST) -> Found:
    """`x + y` becomes `x.add_(y)`, where `x` is an argument: the caller's own tensor is changed."""
    tensors = _arguments(code, node)
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id in tensors:
        method = _IN_PLACE.get(type(node.op))
        if method:
            changed = f"{node.left.id}.{method}({code.text(node.right)})"
            yield Change(f"{method} in place", replaced(code, node, changed))
    elif isinstance(node, ast.BinOp) and isinstance(node.right, ast.Name) and node.right.id in tensors:
        if isinstance(node.op, (ast.Add, ast.Mult)):
            method = _IN_PLACE[type(node.op)]
            changed = f"{node.right.id}.{method}({code.text(node.left)})"
            yield Change(f"{method} in place", replaced(code, node, changed))
        elif isinstance(node.op, ast.Sub):
            changed = f"{node.right.id}.neg_().add_({code.text(node.left)})"
            yield Change("neg_ in place", replaced(code, node, changed))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = node.func.value
        if isinstance(value, ast.Name) and value.id in tensors and called(node) in _METHODS_IN_PLACE:
            end = code.span(node.func)[1]
            yield Change(f"{called(node)}_ in place", (Edit(end, end, "_"),))


def _loses_its_sign(code: Code, node: ast.AST) -> bool:
    """Whether a difference is squared, or its absolute value is taken: its operands may change places."""
    parent = code.parent(node)
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow):
        return parent.left is node and number(parent.right) == 2
    if isinstance(parent, ast.Attribute):
        return parent.attr in ("abs", "square")
    return isinstance(parent, ast.Call) and called(parent) in ("abs", "square", "fabs")


def _left_only(code: Code, node: ast.BinOp, words: str) -> Change:
    left_end, _, _ = code.operator(node.left, node.right)
    return Change(words, replaced(code, node, code.source[code.span(node)[0] : left_end]))


def _right_only(code: Code, node: ast.BinOp, words: str, sign: str) -> Change:
    _, _, right_start = code.operator(node.left, node.right)
    return Change(words, replaced(code, node, sign + code.source[right_start : code.span(node)[1]]))


def _is_text(node: ast.BinOp) -> bool:
    """Text and lists are joined by `+`, and text is formatted by `%`."""
    sides = (node.left, node.right)
    return any(isinstance(s, (ast.JoinedStr, ast.List)) or _is_string(s) for s in sides)


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _arguments(code: Code, node: ast.AST) -> frozenset[str]:
    """The arguments of the function around a node that may be tensors."""
    function = next((n for n in code.above(node) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))), None)
    if function is None:
        return frozenset()
    own = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return frozenset(a.arg for a in own if not (isinstance(a.annotation, ast.Name) and a.annotation.id in _NO_TENSOR))
