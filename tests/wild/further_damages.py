"""More of what happens to notebooks: pasted from chat programs and listings, typed on other keyboards, written by other
programs, files of every kind. Registered beside those of damages.py."""

from __future__ import annotations

import gzip
import io
import tarfile

import jupytext
import nbformat
from damages import damage
from notebooks import Notebook, code, text

SOFTMAX = """\
def softmax(x, dim):
    e = (x - x.amax(dim, keepdim=True)).exp()
    return e / e.sum(dim, keepdim=True)
"""


def answered(nb: Notebook, source: str) -> None:
    nb.answer("softmax")["source"] = source


# stubs and answers ----------------------------------------------------------------------------------------------------


@damage(says="softmax stands there without an answer")
def an_emptied_copy_below_the_answer(nb: Notebook) -> None:
    nb.cells.append(code("def softmax(x, dim):\n    pass"))


@damage(says="softmax stands there without an answer")
def a_copy_with_dots_below_the_answer(nb: Notebook) -> None:
    nb.cells.append(code('def softmax(x, dim):\n    """Mine."""\n    ...'))


@damage(loses=["softmax"], says="softmax raises NotImplementedError above code that is therefore never run")
def an_answer_below_the_raise_of_the_stub(nb: Notebook) -> None:
    answered(nb, nb.stub("softmax")["source"] + "\n    return x.softmax(dim)")


# pasted ---------------------------------------------------------------------------------------------------------------


@damage(says="what stands outside the ``` was left out")
def a_reply_of_a_chat_program(nb: Notebook) -> None:
    answered(nb, f"Sure! Here's a stable softmax:\n\n```python\n{SOFTMAX}```\n\nIt subtracts the maximum first.")


@damage(says="a text cell holds the code of softmax")
def a_reply_of_a_chat_program_in_a_text_cell(nb: Notebook) -> None:
    nb.unanswer("softmax")
    nb.beside("softmax", text(f"My answer:\n\n~~~Python3\n{SOFTMAX}~~~\nIt subtracts the maximum."))


@damage(says="a text cell holds the code of softmax")
def an_answer_indented_in_a_text_cell(nb: Notebook) -> None:
    nb.unanswer("softmax")
    nb.beside("softmax", text("".join(f"    {line}\n" for line in SOFTMAX.splitlines())))


@damage(says="lines 1 to 4 were left out, where the fault is")
def words_above_the_answer_in_its_cell(nb: Notebook) -> None:
    answered(nb, f"Here is my answer\n\n# below\n\n{SOFTMAX}")


@damage(says="lines 5 to 5 were left out, where the fault is")
def stray_letters_below_the_answer(nb: Notebook) -> None:
    answered(nb, f"{SOFTMAX}\nd d d")


@damage(loses=["softmax"], says="was not run: IndentationError")
def a_line_of_the_answer_that_lost_its_indentation(nb: Notebook) -> None:
    answered(nb, SOFTMAX.replace("    e = ", "    pass\ne = "))


@damage(says="the prompts >>> were left out")
def prompts_of_ipython(nb: Notebook) -> None:
    answered(nb, "In [3]: " + "\n   ...: ".join(SOFTMAX.splitlines()))


@damage(says="what stood before each line was left out")
def the_numbers_of_a_listing(nb: Notebook) -> None:
    answered(nb, "".join(f"{number:>3}  {line}\n" for number, line in enumerate(SOFTMAX.splitlines(), 8)))


@damage(says="typographic quotes, spaces or signs")
def a_chinese_keyboard(nb: Notebook) -> None:
    answered(nb, SOFTMAX.replace("(x, dim):", "\uff08x\uff0cdim\uff09\uff1a"))


@damage(says="typographic quotes, spaces or signs")
def line_separators_of_unicode(nb: Notebook) -> None:
    answered(nb, SOFTMAX.replace("\n", "\u2028"))


@damage(says="`%run mine.py` was run as plain Python")
def an_answer_written_to_a_file_and_run(nb: Notebook) -> None:
    answered(nb, f"%%writefile mine.py\nimport torch\n{SOFTMAX}")
    nb.beside("softmax", code("%run mine.py"))


@damage(says="`/print 1` was ignored")
def calls_without_brackets(nb: Notebook) -> None:
    nb.answer("softmax")["source"] += "\n\n\n/print 1\n,print a b"


# written by other programs --------------------------------------------------------------------------------------------


@damage(silent=True)
def lines_without_their_ends(nb: Notebook) -> None:
    for cell in nb.cells:
        cell["source"] = cell["source"].split("\n")


@damage("01", silent=True)
def no_word_of_its_format(nb: Notebook) -> bytes:
    return nb.bytes().replace(b'"nbformat": 4,', b"")


@damage("01", silent=True)
def its_format_in_quotes(nb: Notebook) -> bytes:
    return nb.bytes().replace(b'"nbformat": 4,', b'"nbformat": "4",')


@damage("01", silent=True)
def cells_without_source(nb: Notebook) -> None:
    nb.cells[3:3] = [code(""), text("")]
    del nb.cells[3]["source"]
    nb.cells[4]["source"] = None


@damage("01", says="saved as UTF-16; it was read as that")
def a_notebook_written_by_powershell(nb: Notebook) -> bytes:
    return nb.bytes().decode().encode("utf-16")


@damage("01", says="characters that are not UTF-8 (the first in line ")
def a_comment_in_another_coding(nb: Notebook) -> bytes:
    nb.answer("mse")["source"] += "\n    # f\u00fcr alle"
    return nb.bytes().decode().encode("cp1252", "replace")


@damage(says="cell 26 was not run: TooLong")
def a_cell_of_ten_megabytes(nb: Notebook) -> None:
    nb.cells.append(code(f"data = '{'x' * 10_000_000}'"))


@damage(silent=True, suffix=".py")
def a_percent_script_whose_header_is_incomplete(nb: Notebook) -> bytes:
    for cell in nb.cells:
        cell.pop("id")
    nb.format = (4, 4)
    whole = nbformat.reads(nb.bytes().decode(), as_version=4)  # type: ignore[no-untyped-call]
    return str(jupytext.writes(whole, fmt="py:percent")).encode()  # type: ignore[no-untyped-call]


# files ----------------------------------------------------------------------------------------------------------------


@damage(says="it was graded because the others with answers hold the same cells")
def the_same_notebook_twice(nb: Notebook) -> dict[str, bytes]:
    once = nb.bytes()
    nb.answer("softmax")["execution_count"] = 99
    return {"final.ipynb": once, "final (1).ipynb": nb.bytes()}


@damage(refused="pointer of Git LFS")
def a_pointer_of_git_lfs(nb: Notebook) -> bytes:
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


@damage(refused="archive (gzip)")
def a_packed_notebook(nb: Notebook) -> bytes:
    return gzip.compress(nb.bytes())


@damage(refused="is a link")
def a_link_of_google_drive(nb: Notebook) -> dict[str, bytes]:
    return {"04.gdoc": b'{"url": "https://colab.research.google.com/drive/1"}'}


@damage(refused="is an archive that is not opened here")
def a_tape_archive(nb: Notebook) -> dict[str, bytes]:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo(f"{nb.slug}.ipynb")
        archive.addfile(info, io.BytesIO())
    return {"04.tar.gz": made.getvalue()}


@damage(refused="a text that was made from a notebook")
def a_page_of_markdown(nb: Notebook) -> dict[str, bytes]:
    return {f"{nb.slug}.md": f"```python\n{SOFTMAX}```\n".encode()}


# what fails beside an answer ------------------------------------------------------------------------------------------


@damage(says="stopped with FileNotFoundError")
def a_missing_file_above_the_answer(nb: Notebook) -> None:
    answered(nb, f"data = open('/content/drive/MyDrive/scores.csv').read()\n{SOFTMAX}")


@damage(says="stopped with EOFError")
def a_question_above_the_answer(nb: Notebook) -> None:
    answered(nb, f"x = 1\nn = int(input('how many? '))\n\n@torch.enable_grad()\n{SOFTMAX}\n\nprint(softmax(n, 0))")


@damage(says="the process that ran your code ended")
def a_crash_below_the_answer_in_its_cell(nb: Notebook) -> None:
    answered(nb, f"{SOFTMAX}\nimport os\nos._exit(1)")


@damage(says="stopped with AssertionError: switch on the GPU")
def a_demand_for_a_gpu_above_the_imports(nb: Notebook) -> None:
    nb.imports["source"] = f"assert False, 'switch on the GPU'\n{nb.imports['source']}"


@damage(says="stopped with NameError: name 'files' is not defined")
def an_upload_of_colab_above_the_imports(nb: Notebook) -> None:
    head = "from google.colab import files\nuploaded = files.upload()\nimport pandas as pd\npd.read_csv('x.csv')"
    nb.imports["source"] = f"{head}\n{nb.imports['source']}"


@damage(loses=["softmax"], says="softmax is defined in cells 3 and 4: the last, cell 4, counts")
def a_failing_line_between_two_answers(nb: Notebook) -> None:
    nb.beside("softmax", code("def softmax(x, dim):\n    return x\n\n\nassert False\n\n\n" + SOFTMAX))


# names ----------------------------------------------------------------------------------------------------------------


@damage("01", says="gives the name mse to something else: the checks still find what it was above")
def the_name_of_an_answer_given_to_its_result(nb: Notebook) -> None:
    nb.cells.append(
        code("mse = mse(torch.zeros(3), torch.ones(3)).item()\nfor invert in range(3):\n    pass\ndel linear")
    )


@damage("01", says="gives the name sum to something else")
def names_of_python_and_torch_used_below(nb: Notebook) -> None:
    nb.answer("mse")["source"] += "\n\n\ndef all_of(x):\n    return sum(x) + len(torch.ones(3))"
    nb.cells.append(code("sum = 0\nlen, int, range = 1, 2, 3\nfor torch in []:\n    pass\nF = np = 5"))


@damage("01", loses=["mse"])
def an_answer_that_is_given_its_name_below(nb: Notebook) -> None:
    nb.cells.append(code("def other(y_true, y_pred):\n    return y_true.sum()\n\n\nmse = other"))


@damage("01", silent=True)
def a_builtin_that_an_answer_means_otherwise(nb: Notebook) -> None:
    source = nb.answer("mse")["source"]
    nb.answer("mse")["source"] = "max = 2\n\n\n" + source.replace("** 2", "** max")
