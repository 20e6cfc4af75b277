"""What there is to tell about an otter notebook that was read, and what it needs installed."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from autograder.interop.beside import PLACE
from autograder.interop.imported import Note, NoteKind
from autograder.interop.libraries import not_here, requirements_of
from autograder.interop.otter.blocks import Part
from autograder.interop.otter.cells import is_python
from autograder.interop.otter.source import Source, libraries

_NOT_OURS = frozenset(("environment", "plugins", "python_version", "runs_on"))


def requires(source: Source) -> tuple[str, ...]:
    """Requirements, as far as they are names and versions: no options, no addresses, not otter itself. And what the
    notebook imports."""
    lines = list(source.config.requires)
    if source.config.requirements_file:
        content = source.beside.read(source.config.requirements_file) or b""
        lines += content.decode("utf-8", "replace").splitlines()
    plain = [line.split("#", 1)[0].strip() for line in lines]
    named = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[\w,-]+\])?\s*([<>=!~]=?[\w.*,<>=!~ ]+)?")
    found = [line for line in plain if named.fullmatch(line) and not line.lower().startswith(("otter-grader", "torch"))]
    known = requirements_of(libraries(source))
    named_there = {re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0].lower() for line in found}
    return tuple(dict.fromkeys([*(one for one in known if one.lower() not in named_there), *found]))


def notes(source: Source, data: dict[str, bytes], modules: dict[str, str], hidden: dict[str, bytes]) -> list[Note]:
    """What became of everything. `data`, `modules` and `hidden` are files beside the notebook."""
    checks = sum(len(one.cases) for one in source.tested)
    ungraded = [q.name for q in source.blocks.questions
        if not q.manual and q.name not in {one.question.name for one in source.tested}]  # fmt: skip
    pointless = [q.name for q in source.blocks.questions if q.name in source.manual and not q.points]
    seeded = source.config.seed is not None or any("# SEED" in p.cell.source for p in source.blocks.cells)
    missing = source.beside.missing((*source.config.files, *source.config.autograder_files))
    beside = {PurePosixPath(name).with_suffix("").parts[0] for name in modules}
    odd = ", ".join(str(p.cell.number) for p in source.blocks.cells if p.cell.kind == "code"
        and p.part in (Part.TEXT, Part.PROMPT) and not is_python(p.cell.source))  # fmt: skip
    settings = sorted(_NOT_OURS & source.blocks.settings.keys())
    absent = not_here(libraries(source) - beside)
    understood, changed, left_out = NoteKind.UNDERSTOOD, NoteKind.CHANGED, NoteKind.LEFT_OUT
    told = [
        (understood, True, f"{len(source.tested)} questions with {checks} tests"),
        (changed, source.manual, f"graded by a person, by a rubric that you should write: {', '.join(source.manual)}"),
        (changed, pointless, f"worth 1 point each, since the original says nothing: {', '.join(pointless)}"),
        (changed, [one for one in source.tested if one.question.all_or_nothing],
            "a question of all points or none is one check of all its tests"),
        (changed, seeded, "cells seed themselves, where students see it: nothing seeds between cells"),
        (changed, data, f"files beside the notebook are in {PLACE}/ now: {', '.join(sorted(data))}"),
        (changed, modules, f"modules beside the notebook are written by a cell: {', '.join(sorted(modules))}"),
        (changed, odd, f"no Python, on purpose or not, so they run by `%%python`, and are not graded: cells {odd}"),
        (changed, hidden, f"files for the tests are in hidden/ now, where a test must look for them: "
            f"{', '.join(sorted(hidden))}"),
        (left_out, ungraded, f"neither tests nor a person grade it, so it is no exercise: {', '.join(ungraded)}"),
        (left_out, missing, f"named and not there: {', '.join(missing)}"),
        (left_out, absent, f"not installed here, so what imports it will fail: {', '.join(absent)}"),
        (left_out, settings, f"settings that mean nothing here: {', '.join(settings)}; what to install stands in "
            "assignment.toml"),
        (left_out, True, "what otter says after a test that passes; exports to PDF; its plug-ins"),
    ]  # fmt: skip
    return [Note(kind, text) for kind, there, text in told if there]
