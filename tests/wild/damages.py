"""What happens to notebooks between release and hand-in, one small function for each damage, with what is promised.

Each takes a finished notebook, full marks, and damages it: in place, or by returning the bytes (or files) handed in.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import nbformat
from notebooks import Cell, Notebook, code, text, without_marker

Made = bytes | dict[str, bytes] | None


@dataclass(frozen=True)
class Damage:
    """A damage and its promise: which exercises lose their points (all others keep them), what is said, or the words
    of the refusal."""

    name: str
    number: str
    make: Callable[[Notebook], Made]
    suffix: str
    loses: frozenset[str]
    says: tuple[str, ...]
    silent: bool
    refused: str

    def files(self) -> dict[str, bytes]:
        """What is handed in, by name."""
        notebook = Notebook(self.number)
        made = self.make(notebook)
        if isinstance(made, dict):
            return made
        return {f"{notebook.slug}{self.suffix}": notebook.bytes() if made is None else made}


DAMAGES: list[Damage] = []
EVERYTHING = "everything"


def damage(
    number: str = "04",
    *,
    loses: Collection[str] = (),
    says: str | tuple[str, ...] = (),
    silent: bool = False,
    refused: str = "",
    suffix: str = ".ipynb",
) -> Callable[[Callable[[Notebook], Made]], Callable[[Notebook], Made]]:
    """`silent`: nothing is to be said at all, for nothing was repaired."""

    def register(make: Callable[[Notebook], Made]) -> Callable[[Notebook], Made]:
        told = (says,) if isinstance(says, str) else says
        DAMAGES.append(Damage(make.__name__, number, make, suffix, frozenset(loses), told, silent, refused))
        return make

    return register


# copied, deleted, moved -----------------------------------------------------------------------------------------------


@damage(silent=True)
def nothing_at_all(nb: Notebook) -> None:
    """The control."""


@damage(says="softmax stands there without an answer, below the answer")
def answered_in_a_copy_above_the_stub(nb: Notebook) -> None:
    nb.beside("softmax", nb.unanswer("softmax"), before=True)


@damage(says="softmax stands there without an answer")
def answered_in_a_cell_of_their_own_above_the_stub(nb: Notebook) -> None:
    answer = nb.unanswer("softmax")
    nb.beside("softmax", code(answer["source"].split("\n", 1)[1]), before=True)


@damage(silent=True)
def answered_in_a_cell_of_their_own_below_the_stub(nb: Notebook) -> None:
    answer = nb.unanswer("softmax")
    nb.beside("softmax", code(answer["source"].split("\n", 1)[1]))


@damage(says="logsumexp stands there without an answer")
def one_of_two_functions_answered_above(nb: Notebook) -> None:
    answer = nb.answer("log_softmax")
    stub = nb.stub("log_softmax")["source"]
    first, second = (source.index("def log_softmax") for source in (answer["source"], stub))
    nb.beside("log_softmax", code(answer["source"][:first]), before=True)
    answer["source"] = stub[:second] + answer["source"][first:]


@damage(says="mse stands there without an answer", number="01")
def an_untouched_copy_of_the_stub_at_the_end(nb: Notebook) -> None:
    nb.cells.append(nb.stub("mse"))


@damage(says="softmax stands there without an answer")
def the_whole_release_pasted_below(nb: Notebook) -> None:
    nb.cells += nb.released


@damage(silent=True)
def the_whole_release_left_above(nb: Notebook) -> None:
    nb.cells[:0] = nb.released


@damage(silent=True)
def every_cell_twice(nb: Notebook) -> None:
    nb.cells = [json.loads(json.dumps(cell)) for cell in nb.cells for _ in range(2)]


@damage(loses=["softmax"])
def an_exercise_deleted(nb: Notebook) -> None:
    nb.cells.remove(nb.answer("softmax"))


@damage(loses=["softmax"])
def an_exercise_left_as_released(nb: Notebook) -> None:
    nb.unanswer("softmax")


@damage(number="01", loses=[EVERYTHING])
def nothing_answered(nb: Notebook) -> None:
    nb.cells = nb.released


@damage(loses=["softmax"], says="defines my_softmax; the checks look for softmax")
def a_function_renamed(nb: Notebook) -> None:
    nb.answer("softmax")["source"] = nb.answer("softmax")["source"].replace("def softmax(", "def my_softmax(")


@damage(loses=["softmax"], says="defined in cells 3 and 5: the last, cell 5, counts, though cell 3 was run last")
def an_old_attempt_below_the_answer_that_was_run_last(nb: Notebook) -> None:
    nb.answer("softmax")["execution_count"] = 9
    nb.checks[0]["execution_count"] = 10
    old = code("def softmax(x, dim):\n    return x")
    old["execution_count"] = 4
    nb.cells.insert(nb.cells.index(nb.checks[0]) + 1, old)


@damage(says="the last, cell 4, counts")
def a_wrong_attempt_above_the_answer(nb: Notebook) -> None:
    nb.beside("softmax", code("def softmax(x, dim):\n    return x"), before=True)


@damage(silent=True)
def exercises_in_reverse_order(nb: Notebook) -> None:
    nb.cells[2:] = nb.cells[:1:-1]
    nb.cells.remove(nb.imports)
    nb.cells[:0] = Notebook("04").cells[:3]


@damage(says="was run before cell")
def the_imports_at_the_end(nb: Notebook) -> None:
    moved = nb.imports
    nb.cells.remove(moved)
    nb.cells.append(moved)


@damage(number="01", says="was run before cell")
def the_whole_notebook_upside_down(nb: Notebook) -> None:
    nb.cells.reverse()


@damage()
def the_whole_notebook_shuffled(nb: Notebook) -> None:
    random.Random(4).shuffle(nb.cells)


# ids ------------------------------------------------------------------------------------------------------------------


@damage(silent=True)
def every_id_lost(nb: Notebook) -> None:
    for cell in nb.cells:
        del cell["id"]
        cell["metadata"] = {}
    nb.metadata = {}


@damage(silent=True)
def one_id_for_all_cells(nb: Notebook) -> None:
    for cell in nb.cells:
        cell["id"] = "same"


@damage(says=("it has the id of mse, but defines invert", "it has the id of invert, but defines mse"), number="01")
def the_ids_of_two_exercises_exchanged(nb: Notebook) -> None:
    one, other = nb.answer("mse"), nb.answer("invert")
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]


@damage(says="it has the id of softmax, but defines")
def one_exercise_id_on_every_cell(nb: Notebook) -> None:
    for cell in nb.cells:
        cell["metadata"] = {"autograder": {"exercise": "softmax"}}


@damage(silent=True)
def ids_of_no_exercise(nb: Notebook) -> None:
    for number, cell in enumerate(nb.cells):
        cell["metadata"] = {"autograder": {"exercise": f"unknown_{number}"}}


@damage(silent=True)
def metadata_of_every_kind(nb: Notebook) -> None:
    kinds: list[Any] = [None, 5, [], "x", {"autograder": 5}, {"autograder": {"exercise": {}}}, {"autograder": []}]
    for number, cell in enumerate(nb.cells):
        cell["metadata"] = kinds[number % len(kinds)]


# split, merged, retyped -----------------------------------------------------------------------------------------------


@damage(silent=True)
def a_cell_split_between_its_functions(nb: Notebook) -> None:
    answer = nb.answer("log_softmax")
    head, tail = answer["source"].split("def log_softmax")
    answer["source"] = head
    nb.beside("log_softmax", code(f"def log_softmax{tail}"))


@damage(says="were read as one: a definition was cut in two")
def a_function_split_below_its_docstring(nb: Notebook) -> None:
    answer = nb.answer("softmax")
    head, words, tail = answer["source"].split('"""')
    answer["source"] = f'{head}"""{words}"""'
    nb.beside("softmax", code(tail.strip("\n")))


@damage(says="were read as one", number="01")
def a_function_split_below_its_first_line(nb: Notebook) -> None:
    answer = nb.answer("mse")
    head, tail = answer["source"].split(":\n", 1)
    answer["source"] = f"{head}:"
    nb.beside("mse", code(tail))


@damage(silent=True)
def two_exercises_merged(nb: Notebook) -> None:
    one, other = nb.answer("softmax"), nb.answer("log_softmax")
    one["source"] += "\n\n" + other["source"]
    nb.cells.remove(other)


@damage(silent=True)
def all_cells_merged(nb: Notebook) -> None:
    nb.cells = [code("\n\n".join(cell["source"] for cell in nb.code))]


@damage(loses=["softmax"], says="were left out, where the fault is; the rest was run")
def two_exercises_merged_and_one_is_no_python(nb: Notebook) -> None:
    one, other = nb.answer("softmax"), nb.answer("log_softmax")
    one["source"] = one["source"].rstrip() + " +\n\n\n" + other["source"]
    nb.cells.remove(other)


@damage(number="01", loses=["mse"], says="were left out, where the fault is")
def all_cells_merged_and_one_is_no_python(nb: Notebook) -> None:
    nb.answer("mse")["source"] += "\n    return ((("
    nb.cells = [code("\n\n".join(cell["source"] for cell in nb.code))]


@damage(loses=["softmax"], says="was not run: SyntaxError")
def a_syntax_error_in_one_cell(nb: Notebook) -> None:
    nb.answer("softmax")["source"] += "\n    return ((("


@damage(says="a text cell holds the code of softmax")
def an_answer_turned_into_text(nb: Notebook) -> None:
    _retype(nb.answer("softmax"), "markdown")


@damage(says="a raw cell holds the code of")
def an_answer_turned_into_a_raw_cell(nb: Notebook) -> None:
    _retype(nb.answer("log_softmax"), "raw")


@damage(says="a text cell holds the code of softmax")
def an_answer_in_a_fenced_block_of_text(nb: Notebook) -> None:
    answer = nb.unanswer("softmax")
    nb.beside("softmax", text(f"```python\n{answer['source']}\n```"))


@damage(number="01", says="a text cell holds the code of")
def every_cell_turned_into_text(nb: Notebook) -> None:
    for cell in nb.code:
        _retype(cell, "markdown")


@damage(silent=True)
def the_stub_kept_as_text_for_comparison(nb: Notebook) -> None:
    nb.beside("softmax", text(nb.stub("softmax")["source"]))


@damage(says="was not run: SyntaxError")
def prose_turned_into_code(nb: Notebook) -> None:
    cell = nb.cells[0]
    cell |= {"cell_type": "code", "outputs": [], "execution_count": None}


def _retype(cell: Cell, kind: str) -> None:
    cell["cell_type"] = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key, None)


# given cells and checks -----------------------------------------------------------------------------------------------


@damage(says="it was put back as released")
def the_imports_deleted(nb: Notebook) -> None:
    nb.cells.remove(nb.imports)


@damage(says="it was put back as released")
def a_line_of_the_imports_deleted(nb: Notebook) -> None:
    nb.imports["source"] = nb.imports["source"].replace("import torch\n", "")


@damage(number="01", says="it was put back as released")
def a_stray_letter_in_the_imports(nb: Notebook) -> None:
    nb.imports["source"] += "\ns d"


@damage(silent=True)
def imports_of_their_own_among_the_given_ones(nb: Notebook) -> None:
    nb.imports["source"] = "import collections\n" + nb.imports["source"] + "\nimport itertools"


@damage(says="is none of the assignment's modules")
def a_module_that_is_missing_here_above_the_imports(nb: Notebook) -> None:
    nb.imports["source"] = "import a_module_of_another_machine as amo\n" + nb.imports["source"]


@damage(silent=True)
def all_cells_with_checks_deleted(nb: Notebook) -> None:
    for cell in nb.checks:
        nb.cells.remove(cell)


@damage()
def all_cells_with_checks_edited(nb: Notebook) -> None:
    for cell in nb.checks:
        cell["source"] = "print('all', 50, 'points')\nraise SystemExit"


@damage(silent=True)
def the_import_of_check_deleted(nb: Notebook) -> None:
    nb.cells = [cell for cell in nb.cells if cell["source"] != "from autograder import check"]


# answers in words -----------------------------------------------------------------------------------------------------

WORDS = "these_few_images"
WROTE = "Forty images are not the world."


@damage("03", silent=True)
def an_answer_in_words(nb: Notebook) -> None:
    nb.answer(WORDS)["source"] = f"<!-- exercise: {WORDS} -->\n{WROTE}"


@damage("03", silent=True)
def an_answer_whose_marker_was_deleted(nb: Notebook) -> None:
    nb.answer(WORDS)["source"] = WROTE


@damage("03", silent=True)
def an_answer_whose_id_was_lost(nb: Notebook) -> None:
    nb.answer(WORDS)["source"] = f"<!-- exercise: {WORDS} -->\n{WROTE}"
    nb.answer(WORDS)["metadata"] = {}


@damage("03", says=f"the answer to {WORDS} was found outside the cell")
def an_answer_below_its_cell(nb: Notebook) -> None:
    nb.unanswer(WORDS)
    nb.beside(WORDS, text(WROTE))


@damage("03", says=f"the answer to {WORDS} was found outside the cell")
def an_answer_in_place_of_its_cell(nb: Notebook) -> None:
    nb.beside(WORDS, text(WROTE))
    nb.cells.remove(nb.answer(WORDS))


@damage("03", says=f"the answer to {WORDS} was found outside the cell")
def an_answer_in_the_cell_of_the_rubric(nb: Notebook) -> None:
    nb.rubric(WORDS)["source"] += f"\n\n{WROTE}"
    nb.unanswer(WORDS)


@damage("03", says="is a code cell: it was read as words")
def an_answer_in_a_code_cell(nb: Notebook) -> None:
    cell = nb.answer(WORDS)
    cell["source"] = WROTE
    cell |= {"cell_type": "code", "outputs": [], "execution_count": None}


@damage("03", silent=True)
def an_answer_in_a_raw_cell(nb: Notebook) -> None:
    without_marker(nb.answer(WORDS), WORDS)
    nb.answer(WORDS)["source"] = WROTE
    _retype(nb.answer(WORDS), "raw")


@damage("03", loses=[WORDS])
def an_answer_that_was_never_written(nb: Notebook) -> None:
    nb.unanswer(WORDS)


# exports and files ----------------------------------------------------------------------------------------------------


@damage(says=("`from google.colab import drive` was ignored", "`drive.mount('/content/drive')` was ignored"))
def an_export_of_colab(nb: Notebook) -> None:
    nb.metadata = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}, "accelerator": "GPU"}
    nb.format = (4, 0)
    for cell in nb.cells:
        cell["metadata"] = {"id": cell.pop("id"), "outputId": "x", "cellView": "form"}
    nb.imports["source"] = "#@title Imports { run: 'auto' }\n" + nb.imports["source"]
    nb.imports["source"] += "\nfrom google.colab import drive\ndrive.mount('/content/drive')"
    nb.cells.insert(0, code("!pip install -q autograder"))


@damage(silent=True)
def a_notebook_of_vs_code(nb: Notebook) -> None:
    nb.metadata = {"language_info": {"name": "python"}, "orig_nbformat": 4}
    nb.format = (4, 2)
    for cell in nb.cells:
        cell["metadata"] = {"vscode": {"languageId": "python"}}
        cell["source"] = cell["source"].splitlines(keepends=True)
        del cell["id"]


@damage(silent=True)
def a_notebook_of_jupyterlab(nb: Notebook) -> None:
    for number, cell in enumerate(nb.cells):
        cell["metadata"] |= {"tags": ["x"], "collapsed": True, "trusted": True, "editable": False}
        cell["metadata"] |= {"jupyter": {"source_hidden": True}, "slideshow": {"slide_type": "slide"}}
        if cell["cell_type"] == "code":
            cell["execution_count"] = number


@damage(says="was ignored")
def a_notebook_of_databricks(nb: Notebook) -> None:
    nb.metadata = {"application/vnd.databricks.v1+notebook": {"language": "python"}}
    nb.format = (4, 0)
    for cell in nb.cells:
        cell["metadata"] = {"application/vnd.databricks.v1+cell": {"title": "", "nuid": cell.pop("id")}}
    nb.cells.insert(0, code("dbutils.library.restartPython()"))


@damage(says="the file is an export of Databricks", suffix=".py")
def a_script_of_databricks(nb: Notebook) -> bytes:
    cells = []
    for cell in nb.cells:
        lines = cell["source"].split("\n")
        magic = cell["cell_type"] != "code"
        cells.append("\n".join(f"# MAGIC {line}" for line in ["%md", *lines]) if magic else cell["source"])
    cells.insert(1, "# DBTITLE 1,Installing\n# MAGIC %pip install autograder")
    cells.insert(2, "# MAGIC %sql\n# MAGIC SELECT * FROM students")
    return ("# Databricks notebook source\n" + "\n\n# COMMAND ----------\n\n".join(cells)).encode()


def _as_script(nb: Notebook, mark: str, comment: str = "# ") -> str:
    parts = []
    for cell in nb.cells:
        if cell["cell_type"] == "code":
            parts.append(f"{mark}\n{cell['source']}\n")
        else:
            words = "\n".join(f"{comment}{line}".rstrip() for line in cell["source"].split("\n"))
            parts.append(f"{mark} [markdown]\n{words}\n" if "%%" in mark else f"{words}\n")
    return "\n\n".join(parts)


@damage(silent=True, suffix=".py")
def a_percent_script(nb: Notebook) -> bytes:
    return _as_script(nb, "# %%").encode()


@damage(silent=True, suffix=".py")
def a_script_of_spyder(nb: Notebook) -> bytes:
    return ("# -*- coding: utf-8 -*-\n" + _as_script(nb, "#%%")).encode()


@damage(number="03", silent=True, suffix=".py")
def a_script_of_nbconvert(nb: Notebook) -> bytes:
    nb.answer(WORDS)["source"] = f"<!-- exercise: {WORDS} -->\n{WROTE}"
    return ("#!/usr/bin/env python\n# coding: utf-8\n\n" + _as_script(nb, "# In[ ]:\n\n")).encode()


@damage(silent=True, suffix=".py")
def a_plain_script(nb: Notebook) -> bytes:
    return "\n\n".join(cell["source"] for cell in nb.code).encode()


@damage(loses=["mlp", "train"], says="were left out, where the fault is", suffix=".py")
def a_plain_script_with_a_fault_in_one_function(nb: Notebook) -> bytes:
    nb.answer("mlp")["source"] += "\n    def forward(self x)"
    return "\n\n".join(cell["source"] for cell in nb.code).encode()


@damage(says="the file is a notebook, though its name ends in .py", suffix=".py")
def a_notebook_called_a_script(nb: Notebook) -> bytes:
    return nb.bytes()


@damage(says="in the old format 3")
def format_3(nb: Notebook) -> bytes:
    for cell in nb.cells:
        cell.pop("id")
    nb.format = (4, 4)
    whole = nbformat.reads(nb.bytes().decode(), as_version=4)  # type: ignore[no-untyped-call]
    old = nbformat.convert(whole, 3)  # type: ignore[no-untyped-call]
    return str(nbformat.writes(old, version=3)).encode()  # type: ignore[no-untyped-call]


@damage(silent=True)
def format_4_0(nb: Notebook) -> None:
    nb.format = (4, 0)
    for cell in nb.cells:
        cell.pop("id")


@damage(refused="format 5")
def format_5(nb: Notebook) -> None:
    nb.format = (5, 0)


@damage(says="merge-conflict markers were left out: the cells are the same on both sides")
def a_conflict_over_counters(nb: Notebook) -> bytes:
    nb.answer("softmax")["execution_count"] = 7
    conflict = '<<<<<<< HEAD\n   "execution_count": 7,\n=======\n   "execution_count": 9,\n>>>>>>> theirs'
    return re.sub(rb' *"execution_count": 7,', conflict.encode(), nb.bytes())


@damage(refused="merge-conflict markers")
def a_conflict_over_an_answer(nb: Notebook) -> bytes:
    lines = nb.bytes().decode().split("\n")
    at = next(n for n, line in enumerate(lines) if "def softmax(" in line)
    other = lines[at].replace("dim)", "dimension)")
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", other, ">>>>>>> theirs"]
    return "\n".join(lines).encode()


@damage(loses=["softmax"], says="merge-conflict markers; keep one side")
def a_conflict_inside_a_cell(nb: Notebook) -> None:
    cell = nb.answer("softmax")
    wrong = "def softmax(x, dim):\n    return x"
    cell["source"] = f"<<<<<<< HEAD\n{cell['source']}\n=======\n{wrong}\n>>>>>>> theirs"


@damage(says="merge-conflict markers were left out: one side is the stub")
def a_conflict_of_an_answer_with_the_stub(nb: Notebook) -> None:
    cell = nb.answer("softmax")
    cell["source"] = f"<<<<<<< HEAD\n{nb.stub('softmax')['source']}\n=======\n{cell['source']}\n>>>>>>> theirs"


@damage(refused="web page")
def a_web_page_called_a_notebook(nb: Notebook) -> bytes:
    return b"<!DOCTYPE html>\n<html><head><title>04</title></head><body>def softmax</body></html>"


@damage(refused="is a web page")
def a_web_page(nb: Notebook) -> dict[str, bytes]:
    return {f"{nb.slug}.html": b"<!DOCTYPE html>\n<html><body><pre>def softmax(x, dim): ...</pre></body></html>"}


@damage(refused="is a PDF")
def a_printout(nb: Notebook) -> dict[str, bytes]:
    return {"homework.pdf": b"%PDF-1.7\n..."}


@damage(silent=True)
def a_notebook_with_a_second_suffix(nb: Notebook) -> dict[str, bytes]:
    return {f"{nb.slug}.ipynb.txt": nb.bytes()}


@damage(refused="is empty")
def an_empty_file(nb: Notebook) -> bytes:
    return b""


@damage(refused="cut off")
def half_a_notebook(nb: Notebook) -> bytes:
    whole = nb.bytes()
    return whole[: len(whole) // 2]


@damage("01", loses=[EVERYTHING], says="it was released as 04-softmax-classifier, and this is 01-tensors")
def the_notebook_of_another_assignment(nb: Notebook) -> dict[str, bytes]:
    return {f"{nb.slug}.ipynb": Notebook("04").bytes()}


@damage(silent=True)
def a_zip_made_on_a_mac(nb: Notebook) -> dict[str, bytes]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"work/{nb.slug}.ipynb", nb.bytes())
        archive.writestr(f"__MACOSX/work/._{nb.slug}.ipynb", b"\0\5\x16\7")
    return {"work.zip": made.getvalue()}


@damage(silent=True)
def a_folder_with_checkpoints(nb: Notebook) -> dict[str, bytes]:
    untouched = Notebook("04")
    untouched.cells = untouched.released
    old = f".ipynb_checkpoints/{nb.slug}-checkpoint.ipynb"
    return {"answers.ipynb": nb.bytes(), old: untouched.bytes()}


@damage(refused="none of them is clearly the answer")
def two_finished_notebooks(nb: Notebook) -> dict[str, bytes]:
    other = Notebook("04")
    other.answer("softmax")["source"] += "\n# another idea"
    return {"final.ipynb": nb.bytes(), "final-2.ipynb": other.bytes()}


@damage(says="it was graded because the others hold no answer")
def an_untouched_release_beside_the_answer(nb: Notebook) -> dict[str, bytes]:
    untouched = Notebook("04")
    untouched.cells = untouched.released
    return {f"{nb.slug}.ipynb": untouched.bytes(), f"{nb.slug} (1).ipynb": nb.bytes()}


@damage(silent=True)
def fifty_megabytes_of_outputs(nb: Notebook) -> None:
    nb.checks[0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "0123456789" * 5_000_000}]


# characters -----------------------------------------------------------------------------------------------------------


@damage(silent=True)
def a_byte_order_mark(nb: Notebook) -> bytes:
    return b"\xef\xbb\xbf" + nb.bytes()


@damage(silent=True)
def windows_line_ends(nb: Notebook) -> None:
    for cell in nb.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n")


@damage(says="empty bytes after the end")
def nul_bytes_after_the_end(nb: Notebook) -> bytes:
    return nb.bytes() + bytes(4096)


@damage(loses=["softmax"], says="NUL character")
def a_nul_byte_in_one_cell(nb: Notebook) -> None:
    nb.answer("softmax")["source"] += "\n    return\0 x"


@damage(says="typographic quotes, spaces or signs were read as plain ones")
def non_breaking_spaces_from_a_web_page(nb: Notebook) -> None:
    nb.answer("softmax")["source"] = nb.answer("softmax")["source"].replace("    ", "\u00a0\u00a0\u00a0 ")


@damage(says="typographic quotes")
def quotes_from_a_word_processor(nb: Notebook) -> None:
    cell = nb.answer("softmax")
    cell["source"] += "\n\n\nnote = \u201csoftmax it is\u201d"


@damage(says="tabs were read as spaces")
def tabs_among_spaces(nb: Notebook) -> None:
    nb.answer("softmax")["source"] += "\n\n\ndef shown(x):\n\ty = x\n    return y\n"


@damage(says="the prompts >>> were left out")
def prompts_pasted_from_a_console(nb: Notebook) -> None:
    nb.imports["source"] = "\n".join(f">>> {line}" if line else "" for line in nb.imports["source"].split("\n"))


# what the cells do ----------------------------------------------------------------------------------------------------


@damage(silent=True)
def an_await_at_the_top(nb: Notebook) -> None:
    nb.cells.append(code("import asyncio\nawait asyncio.sleep(0)"))


@damage(
    says=("`!pip install torch` was ignored", "`%matplotlib inline` was ignored", "was understood as a plain write")
)
def magics_of_every_kind(nb: Notebook) -> None:
    nb.imports["source"] = "%matplotlib inline\n%load_ext autoreload\n!pip install torch\n" + nb.imports["source"]
    nb.answer("softmax")["source"] = "%%time\n" + nb.answer("softmax")["source"]
    nb.answer("log_softmax")["source"] = "%%capture out\n" + nb.answer("log_softmax")["source"]
    nb.cells += [code("%%writefile helper.py\nx = 1"), code("%run helper.py"), code("files = !ls"), code("%%bash\nls")]


@damage(says="stopped with")
def a_question_to_a_person(nb: Notebook) -> None:
    nb.cells.insert(0, code("name = input('Your name? ')"))


@damage()
def endless_lines_of_output(nb: Notebook) -> None:
    nb.cells.insert(0, code("for _ in range(300_000):\n    print('x' * 100)"))


@damage(says="stopped with SystemExit")
def a_cell_that_exits(nb: Notebook) -> None:
    nb.cells.insert(0, code("import sys\nsys.exit(0)"))


@damage(says="stopped with")
def a_cell_that_kills_its_process(nb: Notebook) -> None:
    nb.cells.insert(0, code("import os\nos._exit(0)"))


@damage(says="stopped with ModuleNotFoundError")
def a_missing_module_in_a_cell_of_its_own(nb: Notebook) -> None:
    nb.cells.insert(0, code("import a_module_of_another_machine"))


@damage(says="stopped with ZeroDivisionError")
def a_cell_that_fails(nb: Notebook) -> None:
    nb.cells.insert(3, code("1 / 0"))
