"""A source notebook and a gradebook of nbgrader's, as files, without nbgrader."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any


def _cell(kind: str, source: str, own: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "metadata": {"nbgrader": own}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _own(grade: bool, solution: bool, grade_id: str, points: float = 0) -> dict[str, Any]:
    own = {"schema_version": 3, "grade": grade, "solution": solution, "locked": False, "grade_id": grade_id}
    return own | ({"points": points} if grade else {})


_SOLUTION = "def squares(n):\n    ### BEGIN SOLUTION\n    return [i * i for i in range(n)]\n    ### END SOLUTION"
NOTEBOOK = {
    "cells": [
        _cell("code", _SOLUTION, _own(False, True, "squares")),
        _cell("code", "assert squares(3) == [0, 1, 4]", _own(True, False, "test-squares", 2)),
        _cell("markdown", "A square is a product.", _own(True, True, "in-words", 1)),
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 4,
}
EMPTY = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}

_TABLES = """
CREATE TABLE student (id, first_name, last_name, email, lms_user_id);
CREATE TABLE assignment (id, name, duedate, course_id);
CREATE TABLE notebook (id, name, assignment_id, kernelspec);
CREATE TABLE submitted_assignment (id, assignment_id, student_id, timestamp, extension);
CREATE TABLE submitted_notebook (id, assignment_id, notebook_id, flagged, late_submission_penalty);
CREATE TABLE base_cell (id, name, notebook_id, type);
CREATE TABLE grade_cells (id, max_score, cell_type);
CREATE TABLE task_cells (id, max_score, cell_type);
CREATE TABLE grade (id, notebook_id, cell_id, auto_score, manual_score, extra_credit, needs_manual_grade);
CREATE TABLE comment (id, notebook_id, cell_id, auto_comment, manual_comment);
INSERT INTO student VALUES ('ada', 'Ada', NULL, NULL, NULL), ('=cmd()', NULL, NULL, NULL, NULL);
INSERT INTO assignment VALUES ('a', 'ps1', NULL, 'c');
INSERT INTO notebook VALUES ('n', 'squares', 'a', NULL);
INSERT INTO submitted_assignment VALUES ('sa', 'a', 'ada', NULL, NULL), ('sb', 'a', '=cmd()', NULL, NULL);
INSERT INTO submitted_notebook VALUES ('na', 'sa', 'n', 0, NULL), ('nb', 'sb', 'n', 0, NULL);
INSERT INTO base_cell VALUES ('g', 'words', 'n', 'GradeCell'), ('s', 'words', 'n', 'SolutionCell');
INSERT INTO grade_cells VALUES ('g', 2, 'markdown');
INSERT INTO grade VALUES ('1', 'na', 'g', 1.0, 2.0, 0.5, 0), ('2', 'nb', 'g', 0.5, NULL, NULL, 1);
INSERT INTO comment VALUES ('1', 'na', 's', NULL, 'Well done,' || char(10) || 'Ada'), ('2', 'nb', 's', NULL, '@home');
"""


def database(path: Path) -> Path:
    """A gradebook with the scores and comments of two students."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TABLES)
    return path
