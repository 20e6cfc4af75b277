"""Wrong decisions: a comparison off by one, a condition turned round, never or always true."""

from __future__ import annotations

import ast

from autograder.grading.mutants.code import Change, Code, Edit, Found, replaced

_BOUNDARY: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
}
_REVERSED: dict[type[ast.cmpop], str] = {ast.Lt: ">", ast.LtE: ">=", ast.Gt: "<", ast.GtE: "<="}
_WORDS = {
    "<": "less",
    "<=": "at most",
    ">": "greater",
    ">=": "at least",
    "==": "equal",
    "!=": "unequal",
}


def boundary(code: Code, node: ast.AST) -> Found:
    """`<` becomes `<=`, `==` becomes `!=`, and back."""
    yield from _compared(code, node, _BOUNDARY)


def reversed_comparison(code: Code, node: ast.AST) -> Found:
    """`<` becomes `>`, and back."""
    yield from _compared(code, node, _REVERSED)


def connective(code: Code, node: ast.AST) -> Found:
    """`and` becomes `or`, and back."""
    if not isinstance(node, ast.BoolOp):
        return
    other, words = ("or", "or for and") if isinstance(node.op, ast.And) else ("and", "and for or")
    between = [code.operator(a, b)[1] for a, b in zip(node.values, node.values[1:], strict=False)]
    yield Change(words, tuple(Edit(start, end, other) for start, end in between))


def negation(code: Code, node: ast.AST) -> Found:
    """`not x` and `~x` become `x`."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        start = code.span(node)[0]
        word = "not" if isinstance(node.op, ast.Not) else "~"
        after = start + len(word)
        blank = len(code.source[after:]) - len(code.source[after:].lstrip(" "))
        yield Change("without the not", (Edit(start, after + blank, ""),))


def condition(code: Code, node: ast.AST) -> Found:
    """A condition is turned round, where it is no comparison (those have operators of their own)."""
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        test = node.test
        if not isinstance(test, (ast.Compare, ast.Constant)) and not _is_not(test):
            yield Change("condition negated", replaced(code, test, f"not {code.operand(test)}"))


def guard(code: Code, node: ast.AST) -> Found:
    """The condition of an `if` is never true, or always; a guard that always raises would be no mistake of anyone's."""
    if isinstance(node, ast.If) and not isinstance(node.test, ast.Constant):
        yield Change("condition never true", replaced(code, node.test, "False"))
        if not any(isinstance(statement, ast.Raise) for statement in node.body):
            yield Change("condition always true", replaced(code, node.test, "True"))


def choice(code: Code, node: ast.AST) -> Found:
    """Of `a if test else b`, one side is always taken; a comprehension takes all."""
    if isinstance(node, ast.IfExp):
        yield Change("the first choice", replaced(code, node, code.operand(node.body)))
        yield Change("the second choice", replaced(code, node, code.operand(node.orelse)))
    if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)):
        for comprehension in node.generators:
            for test in comprehension.ifs:
                yield Change("without the filter", replaced(code, test, "True"))


def _compared(code: Code, node: ast.AST, others: dict[type[ast.cmpop], str]) -> Found:
    if not isinstance(node, ast.Compare):
        return
    left = node.left
    for sign, right in zip(node.ops, node.comparators, strict=True):
        other = others.get(type(sign))
        if other:
            _, (start, end), _ = code.operator(left, right)
            before = code.source[start:end]
            yield Change(f"{_WORDS[other]} for {_WORDS.get(before, before)}", (Edit(start, end, other),))
        left = right


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
