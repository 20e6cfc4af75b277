from __future__ import annotations

import ast

from autograder.course.magics import as_python


def test_plain_python_stays_as_it_is_even_with_a_leading_percent() -> None:
    source = "x = (7\n% 4)\n"
    assert as_python(source) == source


def test_magics_become_statements_on_the_same_line() -> None:
    source = "%matplotlib inline\nfiles = !ls\nif True:\n    !pip list\nprint?\nx = 1"
    python = as_python(source)
    assert python is not None
    assert python.split("\n") == ["pass", "files = None", "if True:", "    pass", "pass", "x = 1"]
    ast.parse(python)


def test_a_timed_cell_is_python_and_a_shell_cell_is_not() -> None:
    assert as_python("%%time\nx = 1") == "#time\nx = 1"
    assert as_python("%%bash\nls") is None
