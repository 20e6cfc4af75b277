"""What a student's name uses, with all of theirs that it reaches: what `forbid` and `require` both read."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from autograder.checks.structure.definitions import Definition, Definitions
from autograder.checks.structure.usage import Usage, Use

SOURCE = "__autograder_source__"
MODULES = "__autograder_modules__"
"""On a student: the sources of modules handed in beside the notebook, by name."""

_MATMUL = frozenset({"matmul", "mm", "bmm", "mv", "imatmul", "rmatmul", "chainmatmul", "multidot", "smm", "hspmm"})
_MATMUL |= {"addmm", "addbmm", "baddbmm", "addmv", "intmm", "scaledmm", "dot", "vdot", "vecdot", "inner", "tensordot"}
_LOOPING = frozenset({"map", "filter", "reduce", "vectorize", "frompyfunc", "applyalongaxis", "vmap", "mapstar"})
_LOOPING |= {"starmap", "accumulate", "filterfalse", "takewhile", "dropwhile", "imap", "imapunordered", "treemap"}
_LOOPING |= {"fromiter", "fromfunction", "applyoveraxes", "piecewise", "mapasync", "whileloop"}
_IN_PLACE = frozenset({"apply_", "map_", "map2_"})
"""Methods of tensors that call a Python function for each element. Without the underscore, `apply` is of a module."""
_KINDS = re.compile(r"^(?:safe|native|fused)|[123]d$")
"""What torch puts around a name: _safe_softmax, native_layer_norm, Softmax2d."""
_USUAL = {"F": "torch.nn.functional", "nn": "torch.nn", "np": "numpy"}


def source_of(student: object) -> tuple[str, ...]:
    """The sources of the student's code cells, in order.

    Raises:
        LookupError: nobody put them there, which is the platform's mistake and not the student's.
    """
    cells = getattr(student, SOURCE, None)
    if not isinstance(cells, tuple) or not all(isinstance(cell, str) for cell in cells):
        raise LookupError(f"the student object carries no {SOURCE}: the cells cannot be read")
    return cells


def definitions_of(student: object) -> Definitions:
    """The student's cells, and the modules that they handed in, as definitions."""
    return Definitions(source_of(student), getattr(student, MODULES, {}))


@dataclass(frozen=True)
class Found:
    """One use, and where it stands."""

    use: Use
    definition: Definition
    by: str
    """The name in whose code it stands."""


@dataclass(frozen=True)
class Reading:
    """What a name uses, with all of the student's that it reaches."""

    found: list[Found]
    """Every use, nearest first."""
    code: list[Definition]
    """Every definition that was read, as it was read."""
    reached: dict[str, set[str]]
    """For each name that was read: the student's names that its code refers to."""


def read(
    definitions: Definitions, name: str, shape: Callable[[Definition], Definition] = lambda found: found
) -> Reading:
    """Read `name` and what it reaches.

    `shape`: what of a definition is to be read, as one whose dead code is left out.
    """
    reading = Reading([], [], {})
    queue, seen = [name], {name}
    for definition in definitions.shared():
        usage = Usage(definitions)
        usage.visit(definition.node)
        reading.found.extend(Found(use, definition, name) for use in usage.uses if use.kind != "loop")
        queue += sorted(usage.reached - seen)
        seen.update(usage.reached)
    while queue:
        current = queue.pop(0)
        for definition in map(shape, definitions.of(current)):
            usage = Usage(definitions)
            usage.visit(definition.node)
            reading.code.append(definition)
            reading.reached.setdefault(current, set()).update(usage.reached)
            reading.found.extend(Found(use, definition, current) for use in usage.uses)
            if definition.module is None and calls_itself(definition.node, current, usage.reached, definition.firm):
                line = getattr(definition.node, "lineno", 0)
                reading.found.append(Found(Use("loop", "recursion", line), definition, current))
            new = sorted(usage.reached - seen)
            queue += new
            seen.update(new)
    reading.found.extend(_in_a_circle(reading))
    return reading


def calls_itself(node: ast.AST, name: str, reached: set[str], firm: bool = True) -> bool:
    """Whether a definition of `name` is a function that calls itself, or has one in it, as a method. A class that
    mentions itself, as in an annotation or isinstance, calls nothing."""
    if firm and name in reached and not isinstance(node, ast.ClassDef):
        return True
    methods = {part: owner for owner in ast.walk(node) if isinstance(owner, ast.ClassDef) for part in owner.body}
    return any(
        _calls(part, part.name, methods.get(part))
        for part in ast.walk(node)
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _calls(function: ast.AST, name: str, owner: ast.AST | None) -> bool:
    """Whether a function calls `name(...)`; a method of `owner`, `self.name(...)` or `Owner().name(...)`."""
    for node in ast.walk(function):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id == name and owner is None:
            return True
        if isinstance(called, ast.Attribute) and called.attr == name and isinstance(owner, ast.ClassDef):
            base = called.value.func if isinstance(called.value, ast.Call) else called.value
            if isinstance(base, ast.Name) and base.id in {"self", "cls", owner.name}:
                return True
    return False


def all_reached(reading: Reading, name: str, through: Container[str] | None = None) -> set[str]:
    """The names that `name` leads to, by way of others; of those in `through` alone, if it is given."""
    reached: set[str] = set()
    queue = [name]
    while queue:
        new = {found for found in reading.reached.get(queue.pop(), ()) if through is None or found in through} - reached
        reached |= new
        queue += new
    return reached


def _in_a_circle(reading: Reading) -> Iterator[Found]:
    """Functions that call themselves through others."""
    functions = {
        each.name: each
        for each in reading.code
        if isinstance(each.node, ast.FunctionDef | ast.AsyncFunctionDef) and each.firm
    }
    for name, definition in functions.items():
        if name not in reading.reached[name] and name in all_reached(reading, name, functions):
            yield Found(Use("loop", "recursion", getattr(definition.node, "lineno", 0)), definition, name)


def matches(use: Use, api: str) -> bool:
    """Whether a use is one of `api`, as an author writes it: "softmax", "F.softmax", "@", "loop"."""
    package, _, last = use.path.rpartition(".")
    if api == "loop":
        return use.kind == "loop" or (use.kind == "name" and (plain(last) in _LOOPING or last in _IN_PLACE))
    if api == "@":
        return use.kind == "@" or (use.kind == "name" and plain(last) in _MATMUL)
    if use.kind != "name":
        return False
    asked_package, _, asked = api.rpartition(".")
    if plain(asked) not in (plain(last), plain(last).removesuffix("loss"), _KINDS.sub("", plain(last))):
        return False
    if not asked_package:
        return True
    asked_top = _USUAL.get(asked_package.split(".")[0], asked_package).split(".")[0]
    top = package.split(".")[0]
    return top == asked_top or (top == "?" and package == "?" and asked_top == "torch" and "Tensor" in asked_package)


def plain(name: str) -> str:
    """One spelling for cross_entropy, CrossEntropy, cross_entropy_ and _cross_entropy."""
    return name.replace("_", "").lower()


def place(definition: Definition, number: int) -> str:
    """Where a line stands, for a message."""
    line = definition.line(number)
    where = f"{definition.file}.py" if definition.file else f"code cell {definition.cell}"
    return f"{where}, line {number}: `{line}`" if line else where
