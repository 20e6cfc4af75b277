"""`require`: some exercises must be built with a certain function. The counterpart of `forbid`, by the same reading."""

from __future__ import annotations

import ast
from dataclasses import replace

from autograder.checks.failure import Failure
from autograder.checks.structure.definitions import Definition
from autograder.checks.structure.living import living
from autograder.checks.structure.reading import Reading, all_reached, calls_itself, definitions_of, matches, read


def require(student: object, name: str, *apis: str) -> None:
    """Fail unless the student's `name`, with all of theirs that it reaches, uses every one of `apis`.

    An API is written as for `forbid`: "no_grad", "nn.Linear", "@", "loop"; "recursion" is a call of itself, straight or
    through others, "super().__init__" the call of that method of a base class. Bars stand between alternatives of
    which one is enough: "no_grad | inference_mode". A mention is no use: imports, strings, comments, a name of which
    nothing is made, and code that cannot run (after a return, under `if False`, in an empty `with`) do not count. The
    student's own function of that name does not either.

    Raises:
        Failure: one of them is not used; with reason missing_name where no cell defines `name`.
        ValueError: no API was named.
    """
    wanted = [[part.strip() for part in api.split("|")] for api in apis]
    if not wanted or not all(part for alternatives in wanted for part in alternatives):
        raise ValueError(f"require() of {name!r} needs the name of an API")
    definitions = definitions_of(student)
    if not definitions.of(name):
        raise Failure(f"no cell defines `{name}`", "missing_name")
    reading = read(definitions, name, _alive)
    for alternatives in wanted:
        if not any(_is_used(reading, api) for api in alternatives):
            raise Failure(_words(name, alternatives))


def _alive(definition: Definition) -> Definition:
    is_import = isinstance(definition.node, ast.Import | ast.ImportFrom)  # `name` itself may stand for one
    return definition if is_import else replace(definition, node=living(definition.node))


def _is_used(reading: Reading, api: str) -> bool:
    if api == "recursion":
        return _calls_itself(reading)
    if api.startswith("super()."):
        return any(_calls_base(each.node, api.removeprefix("super().")) for each in reading.code)
    return any(matches(each.use, api) for each in reading.found if each.use.path != "recursion")


def _calls_itself(reading: Reading) -> bool:
    """A function that calls itself, a method too; or names that reach each other in a circle."""
    return any(calls_itself(each.node, each.name, set()) for each in reading.code) or any(
        name in all_reached(reading, name) for name in reading.reached
    )


def _calls_base(code: ast.AST, method: str) -> bool:
    """`super().method(...)`, or `Base.method(self, ...)`."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            base = node.func.value
            if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super":
                return True
            if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id in {"self", "cls"}:
                return True
    return False


_KINDS = {"@": "a matrix product", "loop": "a loop", "recursion": "recursion: a call of itself"}


def _words(name: str, alternatives: list[str]) -> str:
    what = " or ".join(_KINDS.get(api, f"`{api}`") for api in alternatives)
    return (
        f"`{name}` does not use {what}, which this exercise asks for. Use it in `{name}` itself or in a function that "
        f"`{name}` calls: an import, a comment, or code that never runs is no use."
    )
