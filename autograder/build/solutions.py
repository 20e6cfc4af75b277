"""The full notebook, executed in a real kernel, with the hash of the source that it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.build.notebook import as_bytes, cells_of, render
from autograder.build.release import public_files, release_files
from autograder.build.strip import Stripped
from autograder.course import Assignment
from autograder.course.source import shown
from autograder.errors import AutograderError, Place

MAX_SOCKET_PATH = 100
"""Bytes; macOS allows 104, Linux 108, and a number follows."""
CELL_SECONDS = 600
_ADDRESS = re.compile(r"\b0x[0-9a-f]{8,16}\b")
_CLOCK = ("execution", "ExecuteTime")


def folder(course: Path, assignment: Assignment) -> Path:
    """Where the executed solution lies."""
    return course / "solutions" / assignment.slug


def source_hash(assignment: Assignment, stripped: Stripped) -> str:
    """SHA-256 (hex) over all that the outputs depend on: the full notebook, unexecuted, and the public checks."""
    total = hashlib.sha256(_unexecuted(assignment, stripped, ""))
    for name, content in public_files(assignment).items():
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def committed_hash(course: Path, assignment: Assignment) -> str | None:
    """The hash that the solution on disk carries, None where there is no readable one."""
    path = folder(course, assignment) / f"{assignment.slug}.ipynb"
    try:
        found = json.loads(path.read_bytes())["metadata"]["autograder"]["source_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def solution_files(assignment: Assignment, stripped: Stripped) -> dict[str, bytes]:
    """The files of solutions/<slug>/: the full notebook with its outputs.

    Runs the notebook from the top in a fresh kernel of this Python, in a temporary copy of the release.

    Raises:
        AutograderError: `solution-fails` naming the cell and its error; `no-kernel` where ipykernel or nbclient is
            missing.
    """
    full = _unexecuted(assignment, stripped, source_hash(assignment, stripped))
    with tempfile.TemporaryDirectory(prefix="autograder-solution-") as place:
        work = Path(place).resolve()
        for name, content in release_files(assignment, stripped).items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_bytes(content)
        with _sockets(work) as sockets:
            notebook = _execute(assignment, full, work, sockets)
        return {f"{assignment.slug}.ipynb": as_bytes(_tidy(notebook, work))}


def _unexecuted(assignment: Assignment, stripped: Stripped, digest: str) -> bytes:
    own = {"slug": assignment.slug, "solution": True, "source_sha256": digest}
    return render(assignment.slug, cells_of(assignment, stripped.solution), own)


def _execute(assignment: Assignment, full: bytes, work: Path, sockets: Path) -> Mapping[str, Any]:
    import nbformat

    try:
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError
    except ImportError as error:
        raise AutograderError(
            "no-kernel",
            f"the solution cannot be executed: {error.name} is not installed",
            fix="python -m pip install 'autograder[instructor]'",
        ) from error
    notebook = nbformat.reads(full.decode(), as_version=4)  # type: ignore[no-untyped-call]
    # No folder of kernels but ipykernel's own: the solution runs in this very Python.
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        **({} if os.name == "nt" else {"transport": "ipc", "ip": str(sockets / "kernel")}),
    )
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_SECONDS,
        record_timing=False,
        resources={"metadata": {"path": str(work)}},
    )
    client.owns_km = True  # so that the kernel ends with the execution
    try:
        client.execute(env=_environment(work))
    except CellExecutionError as error:
        raise _fails(assignment, notebook, f"{error.ename}: {_plain(error.evalue)}") from error
    except CellTimeoutError as error:
        raise _fails(assignment, notebook, f"a cell ran longer than {CELL_SECONDS} seconds") from error
    except RuntimeError as error:  # the kernel died, or never answered
        raise _fails(assignment, notebook, f"{_plain(str(error)).strip()}") from error
    return notebook  # type: ignore[no-any-return]


@contextlib.contextmanager
def _sockets(work: Path) -> Iterator[Path]:
    """A folder for the kernel's local sockets, which no other user of the machine can reach. Their paths have to be
    short (sun_path of sockaddr_un): where `work` lies deep, it is one in /tmp."""
    inside = work / ".kernel"
    if os.name == "nt" or len(os.fsencode(inside)) < MAX_SOCKET_PATH:
        inside.mkdir()
        yield inside
        return
    with tempfile.TemporaryDirectory(prefix="autograder-", dir="/tmp") as short:
        yield Path(short)


def _environment(work: Path) -> dict[str, str]:
    """This process's environment with plots inline, hashes fixed, one thread, and nobody's IPython start-up files."""
    return {
        **os.environ,
        "OMP_NUM_THREADS": "1",  # sums are the same on every machine, and as in grading
        "IPYTHONDIR": str(work / ".ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
    }


def _fails(assignment: Assignment, notebook: Mapping[str, Any], error: str) -> AutograderError:
    """The cell that failed is the last that began."""
    begun = [
        (number, cell)
        for number, cell in enumerate(notebook["cells"], 1)
        if cell["cell_type"] == "code" and (cell.get("execution_count") or cell["outputs"])
    ]
    number, cell = begun[-1] if begun else (1, notebook["cells"][0])
    raised = [output for output in cell.get("outputs", []) if output["output_type"] == "error"]
    line = _failing_line(raised[-1]["traceback"] if raised else [], cell["source"])
    return AutograderError(
        "solution-fails",
        f"cell {number} of the full notebook fails: {error}",
        where=Place(f"{shown(assignment.notebook)}, cell {number} of the full notebook", *line),
        why="Students would meet the same error with a right answer. Nothing was written.",
        fix="mend the solution or the cell; the folder solutions/ is left as it was",
    )


def _failing_line(traceback: list[str], source: str) -> tuple[int, str]:
    """The line of the cell that IPython's arrow points at, or the cell's first."""
    arrows = re.findall(r"^-+> (\d+)", _plain("\n".join(traceback)), re.MULTILINE)
    lines = source.split("\n")
    number = int(arrows[0]) if arrows and int(arrows[0]) <= len(lines) else 1
    return number, lines[number - 1]


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _tidy(notebook: Mapping[str, Any], work: Path) -> dict[str, Any]:
    """Outputs without clock times, temporary paths, memory addresses and redrawn lines."""
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        tidied = json.loads(json.dumps(cell))
        for key in _CLOCK:
            tidied["metadata"].pop(key, None)
        if "outputs" in tidied:
            tidied["outputs"] = _joined([_replaced(output, work) for output in tidied["outputs"]])
        cells.append(tidied)
    metadata = json.loads(json.dumps(notebook["metadata"]))
    metadata["language_info"] = {key: metadata["language_info"][key] for key in ("file_extension", "mimetype", "name")}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _replaced(value: Any, work: Path) -> Any:
    if isinstance(value, str):
        return _ADDRESS.sub("0x…", value.replace(str(work), "."))
    if isinstance(value, list):
        return [_replaced(item, work) for item in value]
    if isinstance(value, dict):
        return {key: item if key == "image/png" else _replaced(item, work) for key, item in value.items()}
    return value


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring pieces of one stream as one; of a line redrawn with carriage returns only its last state."""
    made: list[dict[str, Any]] = []
    for output in outputs:
        before = made[-1] if made else {}
        if output["output_type"] == "stream" and before.get("name") == output["name"]:
            before["text"] += output["text"]
        else:
            made.append(output)
    for output in made:
        if output["output_type"] == "stream":
            lines = output["text"].split("\n")
            output["text"] = "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)
    return made
