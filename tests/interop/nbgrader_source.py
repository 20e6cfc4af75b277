"""A source assignment of nbgrader's with what real ones have: hidden tests, helpers, data frames, plots, seeds, partial
credit, files beside it, a cell with magics, manual answers and a task with a mark scheme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def cell(kind: str, source: str, **own: Any) -> dict[str, Any]:
    """A cell; with `own`, one of nbgrader's."""
    metadata: dict[str, Any] = {}
    if own:
        plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        metadata["nbgrader"] = plain | own
    made: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def solution(grade_id: str, source: str) -> dict[str, Any]:
    """An autograded answer."""
    return cell("code", source, solution=True, grade_id=grade_id)


def graded_cell(grade_id: str, points: float, source: str) -> dict[str, Any]:
    """An autograder test."""
    return cell("code", source, grade=True, locked=True, grade_id=grade_id, points=points)


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook of format 4."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": list(cells), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}


def write(path: Path, *cells: dict[str, Any]) -> Path:
    """Write a notebook of these cells; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return path


CELLS = (
    cell("markdown", "# A week of rain\n\n![](sky.png)"),
    cell(
        "code",
        "%matplotlib inline\nimport random\n\nimport numpy as np\nimport pandas as pd\n"
        "import matplotlib.pyplot as plt\nfrom math import isclose",
    ),
    cell("markdown", "## Means (3 points)"),
    solution(
        "mean",
        'def mean(values):\n    """The mean."""\n    ### BEGIN SOLUTION\n    return sum(values) / len(values)\n'
        "    ### END SOLUTION",
    ),
    graded_cell(
        "mean-plain",
        1,
        'def close(a, b, message="""not\nclose"""):\n    assert isclose(a, b), message\n\nclose(mean([1, 2]), 1.5)\n'
        'close(mean([5]), 5)\nassert isinstance(mean([1]), float), "a number"',
    ),
    graded_cell(
        "mean-hidden",
        2,
        "close(mean([1, 2, 3]), 2)\n### BEGIN HIDDEN TESTS\n"
        "for n in range(1, 20):\n    close(mean(list(range(n))), (n - 1) / 2)\n"
        "assert np.allclose(mean(np.arange(10.0)), 4.5)\n### END HIDDEN TESTS",
    ),
    cell("markdown", "## A table (4 points)"),
    solution(
        "table",
        "### BEGIN SOLUTION\nweek = pd.DataFrame({'day': list('abc'), 'rain': [1.0, 0.0, 3.5]})\n"
        "week['wet'] = week['rain'] > 0\n### END SOLUTION",
    ),
    cell("code", "wet_days = int(week['wet'].sum())"),
    graded_cell(
        "table-values",
        3,
        "assert list(week.columns) == ['day', 'rain', 'wet']\nassert week.shape == (3, 3)\nassert wet_days == 2\n"
        "assert week.loc[week.wet, 'day'].tolist() == ['a', 'c']\n"
        "pd.testing.assert_series_equal(week['rain'], pd.Series([1.0, 0.0, 3.5], name='rain'))",
    ),
    graded_cell(
        "table-partial", 1, "points = 0.5 * (week['rain'].sum() == 4.5) + 0.25 * (len(week) == 3)\nfloat(points)"
    ),
    cell("markdown", "## A plot (2 points)"),
    solution(
        "plot",
        "def draw(x, y):\n    ### BEGIN SOLUTION\n    figure, ax = plt.subplots()\n    ax.plot(x, y)\n"
        "    ax.set_xlabel('day')\n    ax.set_title('Rain')\n    return ax\n    ### END SOLUTION",
    ),
    graded_cell(
        "plot-labels",
        2,
        "ax = draw([1, 2, 3], [2, 4, 6])\nassert ax.get_xlabel() == 'day'\nassert 'rain' in ax.get_title().lower()\n"
        "line = ax.get_lines()[0]\nnp.testing.assert_allclose(line.get_ydata(), [2, 4, 6])\nplt.close('all')",
    ),
    cell("markdown", "## Dice (2 points)"),
    solution("dice", "def roll(n):\n    return [random.randint(1, 6) for _ in range(n)]"),
    graded_cell(
        "dice-seeded",
        2,
        "random.seed(5)\nexpected = [random.randint(1, 6) for _ in range(4)]\nrandom.seed(5)\n"
        "assert roll(4) == expected\nassert set(roll(600)) == {1, 2, 3, 4, 5, 6}",
    ),
    cell("markdown", "## Report (2 points)"),
    solution(
        "report",
        "def report(name, total):\n    ### BEGIN SOLUTION\n    return f'{name}: {mean([total, total]):.1f} mm'\n"
        "    ### END SOLUTION",
    ),
    graded_cell(
        "report-text",
        2,
        '"""It says the name, and uses mean()."""\nassert report(\'Monday\', 2) == "Monday: 2.0 mm"\n'
        "kept = mean\ncalls = []\ndef mean(values):\n    calls.append(values)\n    return kept(values)\n"
        "report('x', 1)\nmean = kept\nassert calls == [[1, 1]], 'mean() was not used'",
    ),
    cell(
        "markdown",
        "## In words (3 points)\n\nWhy is the mean a poor summary?\n\n=== BEGIN MARK SCHEME ===\nOne day decides.\n"
        "=== END MARK SCHEME ===",
        task=True,
        locked=True,
        grade_id="words",
        points=3,
    ),
    cell("markdown", "It hides which day was wet.", grade=True, solution=True, grade_id="hides", points=1),
)
POINTS = {"mean": 3.0, "table": 4.0, "plot": 2.0, "dice": 2.0, "report": 2.0, "words": 3.0, "hides": 1.0}
CHECKED = 13.0
"""Of the points, those that tests give. The solution gets 12.75: `table-partial` gives it 0.75 of 1."""

WRONG = {
    "mean_floor": {"mean": "def mean(values):\n    return sum(values) // len(values) * 1.0"},
    "mean_three_only": {
        "mean": "def mean(values):\n    return {(1, 2): 1.5, (5,): 5.0, (1, 2, 3): 2.0}.get(tuple(values), 1.0)"
    },
    "table_of_text": {
        "table": "week = pd.DataFrame({'day': list('abc'), 'rain': ['1', '0', '3']})\nweek['wet'] = True",
    },
    "table_short": {"table": "week = pd.DataFrame({'day': ['a'], 'rain': [4.5]})\nweek['wet'] = True"},
    "plot_unlabelled": {"plot": "def draw(x, y):\n    figure, ax = plt.subplots()\n    ax.plot(x, y)\n    return ax"},
    "plot_of_nothing": {"plot": "def draw(x, y):\n    plt.plot(x, y)"},
    "dice_of_five": {"dice": "def roll(n):\n    return [random.randint(1, 5) for _ in range(n)]"},
    "report_alone": {"report": "def report(name, total):\n    return f'{name}: {total:.1f} mm'"},
    "raises_in_a_cell": {"table": "week = undefined_name"},
    "right_otherwise": {
        "mean": "def mean(values):\n    total = 0.0\n    for v in values:\n        total += v\n"
        "    return total / len(values)",
        "table": "week = pd.DataFrame([['a', 1.0], ['b', 0.0], ['c', 3.5]], columns=['day', 'rain'])\n"
        "week = week.assign(wet=week.rain.gt(0))",
    },
}
"""Answers, by the grade_id of the solution's cell that they replace."""
MUCH_WRONG = {
    "mostly_wrong": WRONG["mean_floor"] | WRONG["table_of_text"] | WRONG["plot_unlabelled"] | WRONG["dice_of_five"]
}
"""Four of them at once: grading one notebook takes nbgrader seconds."""
