"""`forbid`: some exercises must be built without the ready-made function. Judged by the student's syntax, which a
determined author can still get around: evidence for a person, beside checks of what the code computes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.checks.definitions import Definition, Definitions
from autograder.checks.failure import Failure
from autograder.checks.usage import Usage, Use

SOURCE = "__autograder_source__"
MODULES = "__autograder_modules__"
"""On a student: the sources of modules handed in beside the notebook, by name."""

_MATMUL = frozenset({"matmul", "mm", "bmm", "mv", "imatmul", "rmatmul"})
_LOOPING = frozenset({"map", "filter", "reduce", "vectorize", "frompyfunc", "applyalongaxis", "vmap", "mapstar"})
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
        raise LookupError(f"the student object carries no {SOURCE}: forbid() cannot read the cells")
    return cells


@dataclass(frozen=True)
class _Found:
    use: Use
    definition: Definition
    by: str
    """The name in whose code it stands."""


def forbid(student: object, name: str, *apis: str) -> None:
    """Fail if the student's `name`, or anything of theirs that it reaches, uses one of `apis`.

    A bare name ("cross_entropy") covers functions, methods and the layer of that name (nn.CrossEntropyLoss), under any
    alias. A dotted one ("torch.manual_seed") covers functions of that package only, not methods of a value
    (`generator.manual_seed`). "@" covers matrix products, "loop" covers for, while, comprehensions, map and
    recursion. What the student defines under a forbidden name is theirs and allowed. eval, exec, importlib and the
    like are refused under any `forbid`, since they can reach anything.

    Raises:
        Failure: with reason forbidden_api, naming the line; or missing_name where no cell defines `name`.
    """
    definitions = Definitions(source_of(student), getattr(student, MODULES, {}))
    if not definitions.of(name):
        raise Failure(f"no cell defines `{name}`", "missing_name")
    for what, node, definition in definitions.rebinding():
        place = _place(definition, getattr(node, "lineno", 0))
        raise Failure(
            f"the notebook uses `{what}` ({place}), by which any function can be given another meaning unseen. "
            f"`{name}` has to be built from simpler operations, in plain sight.",
            "forbidden_api",
        )
    for found in _uses(definitions, name):
        for api in apis:
            if found.use.kind == "hidden" or _matches(found.use, api):
                raise Failure(_words(name, found, api), "forbidden_api")


def _uses(definitions: Definitions, name: str) -> list[_Found]:
    """Everything used by `name` and by the definitions that it reaches, nearest first."""
    found: list[_Found] = []
    queue, seen = [name], {name}
    for definition in definitions.shared():
        usage = Usage(definitions)
        usage.visit(definition.node)
        found += [_Found(use, definition, name) for use in usage.uses if use.kind != "loop"]
        queue += sorted(usage.reached - seen)
        seen.update(usage.reached)
    while queue:
        current = queue.pop(0)
        for definition in definitions.of(current):
            usage = Usage(definitions)
            usage.visit(definition.node)
            found += [_Found(use, definition, current) for use in usage.uses]
            if current in usage.reached and definition.firm and definition.module is None:
                line = getattr(definition.node, "lineno", 0)
                found.append(_Found(Use("loop", "recursion", line), definition, current))
            new = sorted(usage.reached - seen)
            queue += new
            seen.update(new)
    return found


def _matches(use: Use, api: str) -> bool:
    package, _, last = use.path.rpartition(".")
    if api == "loop":
        return use.kind == "loop" or (use.kind == "name" and _plain(last) in _LOOPING)
    if api == "@":
        return use.kind == "@" or (use.kind == "name" and _plain(last) in _MATMUL)
    if use.kind != "name":
        return False
    asked_package, _, asked = api.rpartition(".")
    if _plain(asked) not in (_plain(last), _plain(last).removesuffix("loss"), _KINDS.sub("", _plain(last))):
        return False
    if not asked_package:
        return True
    asked_top = _USUAL.get(asked_package.split(".")[0], asked_package).split(".")[0]
    top = package.split(".")[0]
    return top == asked_top or (top == "?" and package == "?" and asked_top == "torch" and "Tensor" in asked_package)


def _plain(name: str) -> str:
    """One spelling for cross_entropy, CrossEntropy, cross_entropy_ and _cross_entropy."""
    return name.replace("_", "").lower()


def _words(name: str, found: _Found, api: str) -> str:
    use, definition = found.use, found.definition
    place = _place(definition, use.line)
    via = "" if found.by == name else f", which it reaches through `{found.by}`"
    if use.kind == "hidden":
        what = f"`{use.path}`, which can reach any function unseen"
    elif use.kind == "loop" or api == "loop":
        what = "recursion in place of a loop" if use.path == "recursion" else "a Python loop"
    elif api == "@":
        what = "a matrix product"
    else:
        what = f"`{use.path.removeprefix('?.').removeprefix('builtins.')}`"
    return f"`{name}` uses {what} ({place}){via}. This exercise asks you to build it from simpler operations."


def _place(definition: Definition, number: int) -> str:
    line = definition.line(number)
    where = f"{definition.file}.py" if definition.file else f"code cell {definition.cell}"
    return f"{where}, line {number}: `{line}`" if line else where
