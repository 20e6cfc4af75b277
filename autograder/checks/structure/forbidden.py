"""`forbid`: some exercises must be built without the ready-made function. Judged by the student's syntax, which a
determined author can still get around; and by a trace of what ran, where the check has one."""

from __future__ import annotations

from autograder.checks.failure import Failure
from autograder.checks.structure.reading import Found, definitions_of, matches, place, read
from autograder.checks.structure.relatives import operations_of
from autograder.checks.structure.tracing import Trace

SIMPLER = "This exercise asks you to build it from simpler operations."


def forbid(student: object, name: str, *apis: str, seen: Trace | None = None, why: str = SIMPLER) -> None:
    """Fail if the student's `name`, or anything of theirs that it reaches, uses one of `apis`.

    A bare name ("cross_entropy") covers functions, methods and the layer of that name (nn.CrossEntropyLoss), under any
    alias. A dotted one ("torch.manual_seed") covers functions of that package only, not methods of a value
    (`generator.manual_seed`). "@" covers matrix products, "loop" covers for, while, comprehensions, map and
    recursion. What the student defines under a forbidden name is theirs and allowed. eval, exec, importlib and the
    like are refused under any `forbid`, since they can reach anything.

    Args:
        student: what the check was given.
        name: the student's function or class.
        apis: what is forbidden.
        seen: what ran in a `with trace(student)`, looked at after the source: it knows the relatives of a forbidden
            function by the operations that only they dispatch (relatives.py), under every name. That nothing is found
            there proves nothing.
        why: a sentence for the student, where the exercise asks for something other than simpler operations.

    Raises:
        ValueError: `seen` is not complete: call this behind the `with`.
        Failure: with reason forbidden_api, naming the line; or missing_name where no cell defines `name`.
    """
    definitions = definitions_of(student)
    if not definitions.of(name):
        raise Failure(f"no cell defines `{name}`", "missing_name")
    for what, node, definition in definitions.rebinding():
        where = place(definition, getattr(node, "lineno", 0))
        raise Failure(
            f"the notebook uses `{what}` ({where}), by which any function can be given another meaning unseen. "
            f"`{name}` has to be built from simpler operations, in plain sight.",
            "forbidden_api",
        )
    for found in read(definitions, name).found:
        for api in apis:
            if found.use.kind == "hidden" or matches(found.use, api):
                raise Failure(f"{_words(name, found, api)} {why}", "forbidden_api")
    if seen is not None:
        _forbid_dispatched(name, apis, seen, why)


def _forbid_dispatched(name: str, apis: tuple[str, ...], seen: Trace, why: str) -> None:
    if not seen.complete:
        raise ValueError("the trace is not complete: forbid() belongs behind its `with` block")
    for api in apis:
        operation = seen.used(api) if operations_of(api) else ""
        if operation:
            what = "a ready-made matrix product" if api == "@" else f"`{api}` or a relative of it"
            raise Failure(
                f"while `{name}` ran, torch ran `{operation}`: that is {what}, by whatever name it is called. {why}",
                "forbidden_api",
            )


def _words(name: str, found: Found, api: str) -> str:
    use = found.use
    via = "" if found.by == name else f", which it reaches through `{found.by}`"
    if use.kind == "hidden":
        what = f"`{use.path}`, which can reach any function unseen"
    elif use.kind == "loop" or api == "loop":
        what = "recursion in place of a loop" if use.path == "recursion" else "a Python loop"
    elif api == "@":
        what = "a matrix product"
    else:
        what = f"`{use.path.removeprefix('?.').removeprefix('builtins.')}`"
    where = place(found.definition, use.line)
    return f"`{name}` uses {what} ({where}){via}."
