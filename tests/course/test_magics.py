from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.magics import MAX_ROUNDS, as_python, translate
from autograder.course.syntax import MAX_CELL_CHARACTERS, MAX_CELL_LINES, Budget, nesting

PYTHON_LINES = [
    "x = 1",
    "def f(a):\n    return a % 2",
    "s = '''\n%time\n!ls\n'''",
    "y = (10\n% 3)",
    "",
    "# !ls",
    "z = x",
]
MAGIC_LINES = ["%matplotlib inline", "!pip install torch", "x?", "files = !ls", "%time x = 2", "!echo it's (", "?print"]


@given(st.lists(st.sampled_from(PYTHON_LINES)))
def test_a_cell_that_compiles_is_left_as_it_is(lines: list[str]) -> None:
    source = "\n".join(lines)
    done = translate(source)
    assert (done.source, done.problem, done.notes) == (source, "", ())


def test_what_is_wrong_is_told_briefly_however_long_the_names_are() -> None:
    name = "x" * 90_000
    problem = translate(f"def f():\n    {name} = 1\n    global {name}\n").problem
    assert problem.startswith("SyntaxError: ")
    assert "(line 3)" in problem
    assert len(problem) < 400


@given(st.lists(st.sampled_from(PYTHON_LINES + MAGIC_LINES), max_size=12))
def test_every_line_keeps_its_number(lines: list[str]) -> None:
    source = "\n".join(lines)
    done = translate(source)
    assert done.problem == ""
    assert done.source.count("\n") == source.count("\n")
    ast.parse(done.source)
    kept = [line for line in "\n".join(line for line in lines if line in PYTHON_LINES).split("\n") if line]
    assert [line for line in kept if line not in done.source.split("\n")] == []


@given(st.text(alphabet=st.sampled_from("%!?x =()'\"\\\n\t:#[]{}@\r\0é\u2028\ud800"), max_size=60))
def test_any_text_gives_python_or_a_problem(source: str) -> None:
    done = translate(source)
    if done.problem:
        assert done.source == ""
    else:
        compile(done.source, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


@given(st.text(max_size=200))
def test_arbitrary_unicode_never_raises(source: str) -> None:
    translate(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\n%matplotlib inline\ny = 2", "x = 1\npass\ny = 2"),
        ("if x:\n    !ls\nelse:\n    pass", "if x:\n    pass\nelse:\n    pass"),
        ("try:\n    !ls\nexcept E:\n    pass", "try:\n    pass\nexcept E:\n    pass"),
        ("!echo (\nx = [1]", "pass\nx = [1]"),
        ("!echo it's\nx = 1", "pass\nx = 1"),
        ("files = !ls", "files = []"),
        ("a = %time f()", "a = f()"),
        ("%time a = f()", "a = f()"),
        ("%timeit -n 10 -r 3 f(x)", "f(x)"),
        ("x?\nnp.dot??\n?print", "pass\npass\npass"),
        ("pip install torch\nx = 1", "pass\nx = 1"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("\n%%capture out\n%%time\nx = 1\n!ls", "\n# %%capture out\n# %%time\nx = 1\npass"),
        ("%%bash\nrm -rf /\n", "# %%bash\n# rm -rf /\n# "),
        ("  x = 1\n  y = 2", "x = 1\ny = 2"),
        ("x = 1\r\n%time y = 2\r\n", "x = 1\ny = 2\n"),
        ("await f()", "await f()"),
    ],
)
def test_lines_that_only_a_notebook_knows(source: str, expected: str) -> None:
    done = translate(source)
    assert done.problem == ""
    assert done.source == expected


def test_a_blank_line_that_python_does_not_know_as_one_is_a_problem() -> None:
    for source in ("\u2028\n%%writefile a.py\nx = 1", "\u2028\n%%bash\nls"):
        assert "U+2028" in translate(source).problem
        assert translate(source).problem.isprintable()


def test_what_was_ignored_is_noted() -> None:
    assert translate("!pip install x").notes == ("`!pip install x` was ignored",)
    assert "run as plain Python" in translate("%time f()").notes[0]
    assert translate("%%html\n<b>").notes == ("the cell was ignored: it begins with `%%html`",)


def test_a_file_written_by_a_cell_becomes_a_plain_write(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    done = translate("%%writefile helpers.py\ndef f():\n    return '%s!'\n")
    assert done.source.count("\n") == 3
    exec(done.source, {})
    assert (tmp_path / "helpers.py").read_text() == "def f():\n    return '%s!'\n"
    exec(translate("%%writefile -a helpers.py\n# more").source, {})
    assert (tmp_path / "helpers.py").read_text().endswith("# more\n")


@pytest.mark.parametrize("name", ["../x.py", "/etc/passwd", "a/../b.py", ".bashrc", "{name}.py", "$HOME/x", "", "a\\b"])
def test_a_file_outside_the_work_folder_is_never_written(name: str) -> None:
    done = translate(f"%%writefile {name}\nx = 1")
    assert all(line.startswith("#") for line in done.source.split("\n"))
    assert "ignored" in done.notes[0]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("x = 1\ndef f(:\n    pass", "SyntaxError: invalid syntax (line 2): def f(:"),
        ("x = (1\n% y z\n)", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (line 1): x = (1"),
        ("return 5", "SyntaxError: 'return' outside function (line 1): return 5"),
        ("def f():\nreturn 1", "IndentationError: expected an indented block"),
        ("@decorator\n!ls", "SyntaxError: invalid syntax (line 2): !ls"),
        ("<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other", "merge-conflict markers"),
        ("x = 1\0", "NUL"),
        ("x = '\ud800'", "surrogate"),
        ("(" * 100_000 + ")" * 100_000, "TooComplex"),
        ("-" * 100_000 + "1", "TooComplex"),
        ("1" + "+1" * 50_000, "TooComplex"),
        ("x" + ".a" * 50_000, "TooComplex"),
        ("\n" * 1_000_000, "TooLong"),
        ("\n" * (MAX_CELL_LINES + 1), f"at most {MAX_CELL_LINES:,}"),
        ("x" * (MAX_CELL_CHARACTERS + 1), f"at most {MAX_CELL_CHARACTERS:,}"),
        ("%time\n" * (MAX_ROUNDS + 1), "magic or shell lines"),
    ],
)
def test_what_cannot_run_is_named(source: str, problem: str) -> None:
    done = translate(source)
    assert done.source == ""
    assert problem in done.problem
    assert len(done.problem) < 400


def test_a_cell_is_not_read_without_end() -> None:
    budget = Budget(characters=1000)
    assert "too much code" in translate("%time\n" * 50, budget).problem


def test_brackets_in_strings_and_comments_do_not_nest() -> None:
    assert nesting("x = '" + "(" * 500 + "'  # " + "[" * 500) == 0
    assert nesting('"""' + "(" * 500 + '"""') == 0
    assert nesting("f([{}], ())") == 3


def test_an_authors_cell_of_another_language_is_no_python() -> None:
    assert as_python("%%bash\nls") is None
    assert as_python("%%time\nx = 1") is not None
    assert as_python("x = (") == "x = ("
