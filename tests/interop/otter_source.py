"""Source notebooks for otter-grader, written for these tests: one in OK format, one with exception-based tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Cell = tuple[str, str] | tuple[str, str, str]
"""Kind, source, and of a test cell what it showed when its author ran it."""

OK_FORMAT: tuple[Cell, ...] = (
    ("raw", "# ASSIGNMENT CONFIG\nname: little\nfiles:\n    - numbers.txt\ngenerate:\n    seed: 7\nexport_cell: false"),
    ("markdown", "# A little assignment"),
    ("code", "import numpy as np\nnumbers = np.loadtxt('numbers.txt')"),
    ("markdown", "```otter\n# BEGIN QUESTION\nname: q1\npoints:\n    each: 2\n```"),
    ("markdown", "**Question 1.** Write `square`, and make `nine` of three."),
    ("raw", "# BEGIN SOLUTION"),
    (
        "code",
        "def square(x):\n    y = x * x # SOLUTION\n    # BEGIN IGNORE\n    # a note to ourselves\n    # END IGNORE\n"
        "    return y # SOLUTION\n\nnine = square(3) # SOLUTION\nnine",
    ),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", "square(2)", "4"),
    ("code", "# HIDDEN\nfor x in (1, 4):\n    print(square(x))\n", "1\n16\n"),
    (
        "code",
        '""" # BEGIN TEST CONFIG\nhidden: true\npoints: 2\nfailure_message: Three times three.\n'
        '""" # END TEST CONFIG\nother = nine\nother == 9',
        "True",
    ),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q2\npoints: 3\nall_or_nothing: true"),
    ("markdown", "**Question 2.** The largest of the numbers, and how many there are."),
    ("raw", "# BEGIN SOLUTION"),
    (
        "code",
        "# BEGIN SOLUTION NO PROMPT\nlargest = numbers.max()\nhow_many = len(numbers)\n# END SOLUTION\n"
        '""" # BEGIN PROMPT\nlargest = ...\nhow_many = 3\n""" # END PROMPT',
    ),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", "how_many == 3", "True"),
    ("code", "# HIDDEN\nbool(np.isclose(largest, 5.5))", "True"),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q3"),
    ("markdown", "**Question 3.** Two numbers by chance."),
    ("raw", "# BEGIN SOLUTION"),
    ("code", "np.random.seed(7) # SEED\nchance = np.random.rand(2) # SOLUTION"),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", "len(chance)", "2"),
    ("code", "# HIDDEN\nbool(np.isclose(chance.sum(), 0.8562275))", "True"),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q4\nmanual: true\npoints: 4"),
    ("markdown", "**Question 4.** Why are they not random?"),
    ("raw", "# BEGIN SOLUTION"),
    ("markdown", "**SOLUTION:** because of the seed."),
    ("raw", "# END SOLUTION"),
    ("raw", "# END QUESTION"),
)
EXCEPTIONS: tuple[Cell, ...] = (
    ("raw", "# ASSIGNMENT CONFIG\ntests:\n    ok_format: false\nexport_cell: false"),
    ("markdown", "# Exceptions"),
    ("code", "import numpy as np"),
    ("raw", "# BEGIN QUESTION\nname: q1\npoints: [1, 2.5]"),
    ("markdown", "Write `half` and `halves`."),
    ("raw", "# BEGIN SOLUTION"),
    (
        "code",
        "def half(x):\n    # BEGIN SOLUTION\n    return x / 2\n    # END SOLUTION\n\n"
        "def halves(xs):\n    return [half(x) for x in xs] # SOLUTION",
    ),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    (
        "code",
        "def test_half(half, np):\n    x = np.arange(3)\n    assert np.allclose(half(x), [0, 0.5, 1])\n\n"
        "test_half(half, np)",
    ),
    (
        "code",
        "# HIDDEN\ndef test_halves(env):\n    halves = env['halves']\n"
        "    assert halves([2, 4]) == [1, 2], 'half of each'\n\n"
        "test_halves({'halves': halves}) # IGNORE",
    ),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
    ("raw", "# BEGIN QUESTION\nname: q2"),
    ("markdown", "Name the `animal` that barks."),
    ("raw", "# BEGIN SOLUTION"),
    ("code", "animal = 'dog' # SOLUTION"),
    ("raw", "# END SOLUTION"),
    ("raw", "# BEGIN TESTS"),
    ("code", "def test_animal(animal):\n    assert isinstance(animal, str)\n\ntest_animal(animal)"),
    ("code", "# HIDDEN\ndef test_which(animal):\n    assert animal == 'dog'\n\ntest_which(animal)"),
    ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
)
NUMBERS = "1.5\n5.5\n2\n"


def write_source(folder: Path, cells: tuple[Cell, ...], name: str = "little.ipynb") -> Path:
    """The notebook, and numbers.txt beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "numbers.txt").write_text(NUMBERS)
    path = folder / name
    path.write_text(source(cells), encoding="utf-8")
    return path


def source(cells: tuple[Cell, ...]) -> str:
    """The notebook's JSON."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = [_cell(number, *cell) for number, cell in enumerate(cells)]
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def _cell(number: int, kind: str, text: str, shown: str = "") -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": text}
    if kind != "code":
        return cell
    printed = {"output_type": "stream", "name": "stdout", "text": shown}
    value = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": shown}}
    outputs = [] if not shown else [printed if shown.endswith("\n") else value]
    return cell | {"execution_count": None, "outputs": outputs}
