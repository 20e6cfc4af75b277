from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_course import HIDDEN, NOTEBOOK, PUBLIC, SPECIMEN, TOML, small

from autograder.build.assemble import prepare
from autograder.build.leak import scan
from autograder.build.normal import normal
from autograder.build.secrets import Secret, secret_files, secrets_of
from autograder.build.statements import pieces
from autograder.errors import AutograderError, Place

SOLUTION = "positive = [math.exp(score - largest_of_all) for score in scores]"
CHECK = "enormous_scores_for_the_test = [70_000.0, 70_001.0, -70_000.0]"
WRONG = "naive_exponentials = [math.exp(score) for score in scores]"
COMMENTED = """positive = [  # a list
    math.exp(score - largest_of_all)  # of numbers
    for score in scores
]"""
LABELS = b"3,1,4,1,5,9,2,6,5,3,5,8,9,7,9\n"


def refusal(tmp_path: Path, replaced: dict[str, str | bytes]) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        prepare(small(tmp_path, replaced))
    return caught.value


def secret(text: str) -> Secret:
    return Secret(normal(text), "solution", Place("notebook.py", 1, text))


def found(content: bytes, text: str = SOLUTION, name: str = "file.bin") -> bool:
    return bool(scan({name: content}, [secret(text)]))


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/answer.txt", data)
    return file.getvalue()


def tarred(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("answer.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def png(data: bytes) -> bytes:
    chunk = b"Comment\0\0" + zlib.compress(data)
    return b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4) + b"zTXt" + chunk + zlib.crc32(b"zTXt" + chunk).to_bytes(4)


def wrapped_base64(data: bytes) -> bytes:
    return b"see:\n" + base64.encodebytes(data * 3)


HIDING: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "with other white space": lambda data: data.replace(b" ", b"\n\t "),
    "one word a line": lambda data: b" \\\n".join(data.split()),
    "commented out": lambda data: b"# " + data.replace(b" for", b"\n#   for"),
    "in a markdown quote": lambda data: b"> " + data.replace(b" for", b"\n> for"),
    "in another case": bytes.upper,
    "in a string": lambda data: json.dumps({"a": [{"b": data.decode()}]}).encode(),
    "with escapes": lambda data: data.replace(b" ", b"\\n").replace(b"=", b"\\x3d"),
    "with zero-width spaces": lambda data: data.decode().replace("e", "e\u200b").encode(),
    "in full-width letters": lambda data: data.decode().replace("p", "\uff50").encode(),
    "in HTML": lambda data: b"<pre>" + data.replace(b"-", b"&#45;") + b"</pre>",
    "in a URL": lambda data: data.replace(b" ", b"%20").replace(b"[", b"%5B"),
    "in UTF-16": lambda data: data.decode().encode("utf-16"),
    "in UTF-16 without a mark": lambda data: b"\x01" + data.decode().encode("utf-16-be"),
    "in UTF-32": lambda data: data.decode().encode("utf-32-le"),
    "among binary bytes": lambda data: bytes(range(256)) + data + b"\xff\0\xfe",
    "in latin-1": lambda data: b"\xe9t\xe9 " + data,
    "in base64": base64.b64encode,
    "in wrapped base64": wrapped_base64,
    "in URL-safe base64 twice": lambda data: base64.urlsafe_b64encode(base64.b64encode(data)),
    "in hexadecimal": lambda data: data.hex().encode(),
    "in gzip": gzip.compress,
    "in bzip2": bz2.compress,
    "in xz": lzma.compress,
    "in zlib": zlib.compress,
    "in a zip": zipped,
    "in a zip in a zip": lambda data: zipped(zipped(data)),
    "in a tar": tarred,
    "in base64 of a zip": lambda data: base64.b64encode(zipped(data)),
    "in the text of a picture": png,
}


@pytest.mark.parametrize("way", HIDING)
def test_a_secret_is_found_however_it_is_hidden(way: str) -> None:
    assert found(HIDING[way](SOLUTION.encode()))
    assert not found(HIDING[way](b"nothing but a plain sentence about the exponential of scores"))


def test_a_secret_in_a_file_name_or_in_the_name_of_a_member_is_found() -> None:
    assert found(b"", "return_the_largest_of_all_scores", "public/return_the_largest_of_all_scores.csv")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("return_the_largest_of_all_scores", b"")
    assert found(file.getvalue(), "return_the_largest_of_all_scores")


def with_cell(text: str) -> dict[str, str | bytes]:
    return {
        "notebook.py": NOTEBOOK + "\n# %% [markdown]\n# Look:\n" + "".join(f"# {line}\n" for line in text.split("\n"))
    }


@pytest.mark.parametrize(
    ("text", "kind", "file", "line"),
    [
        (SOLUTION, "solution", "notebook.py", 19),
        ("[math.exp(score - largest_of_all) for score in scores]", "solution", "notebook.py", 19),
        (CHECK, "hidden check", "test_hidden.py", 6),
        (WRONG, "specimen", "naive.py", 7),
    ],
)
def test_a_leak_stops_the_build_and_shows_both_places(
    tmp_path: Path, text: str, kind: str, file: str, line: int
) -> None:
    error = refusal(tmp_path, with_cell(text))
    assert error.code == "leak"
    assert kind in error.what
    assert (Path(error.where[0].path).name, error.where[0].line) == (file, line)
    assert text in (error.where[0].text or "")
    assert error.where[1].path == "01-small.ipynb, cell 9 source"
    assert (error.where[1].line, error.where[1].text) == (2, text)


@pytest.mark.parametrize(
    "replaced",
    [
        {"public/readme.txt": SOLUTION},
        {"public/data.zip": zipped(HIDDEN.encode())},
        {"public/test_public.py": PUBLIC + f"\n\n# {CHECK}\n"},
        {"public/picture.png": png(SPECIMEN.encode())},
        {"public/labels.csv": LABELS},
        {"public/labels.zip": zipped(LABELS)},
        {"public/labels.txt": base64.b64encode(LABELS)},
        {"assignment.toml": TOML.replace("Subtract something first.", SOLUTION)},
        {"assignment.toml": TOML.replace("Two functions.", SOLUTION)},
        {"notebook.py": NOTEBOOK.replace('tags=["example"]', f'tags=["{SOLUTION}"]')},
        {"notebook.py": NOTEBOOK.replace("print(2 + 2)", COMMENTED)},
    ],
)  # fmt: skip
def test_every_part_of_a_release_is_searched(tmp_path: Path, replaced: dict[str, str | bytes]) -> None:
    assert refusal(tmp_path, replaced).code == "leak"


def test_an_attachment_of_an_ipynb_is_searched(tmp_path: Path) -> None:
    script = prepare(small(tmp_path / "script")).stripped.source.cells
    cells: list[dict[str, object]] = [
        {"cell_type": c.kind, "metadata": {"autograder": {"exercise": c.exercise}} if c.exercise else {}, "id": f"c{i}",
         "source": c.source, **({"outputs": [], "execution_count": None} if c.kind == "code" else {})}
        for i, c in enumerate(script)
    ]  # fmt: skip
    cells[0]["attachments"] = {"a.png": {"image/png": base64.b64encode(png(SOLUTION.encode())).decode()}}
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assignment = small(tmp_path / "json", {"notebook.ipynb": text})
    (assignment.root / "notebook.py").unlink()
    with pytest.raises(AutograderError, match="cell 1 attachments"):
        prepare(assignment)


def test_short_statements_are_found_where_they_follow_each_other() -> None:
    text = "m = max(x)\ne = f(x - m)\ns = sum(e)"
    joined = "".join(piece.text for piece in pieces(text))
    assert scan({"a.md": b"first m=max(x)\n\n e = f( x-m )\ns=sum(e)"}, [Secret(joined, "solution", Place("x"))])


def test_a_solution_of_one_short_line_is_found(tmp_path: Path) -> None:
    source = NOTEBOOK.replace("return number + number + zero_of_the_same_kind(number)", "return 2 * number + 0")
    prepare(small(tmp_path / "one", {"notebook.py": source}))
    text = source.replace("# Some prose.", "# Try `return 2*number + 0`.")
    assert refusal(tmp_path / "two", {"notebook.py": text}).code == "leak"


def test_ordinary_scaffolding_is_no_leak(tmp_path: Path) -> None:
    shared = "x = torch.randn(3, 4)"
    source = NOTEBOOK.replace("    largest_of_all = max", f"    import torch\n    {shared}\n    largest_of_all = max")
    prepare(small(tmp_path, {"notebook.py": source.replace("print(2 + 2)", f"import torch\n{shared}\nprint(2 + 2)")}))


def test_a_specimen_may_repeat_the_signature_and_the_docstring(tmp_path: Path) -> None:
    signature = (
        "def softmax(scores, temperature_of_the_distribution=1.0, *, and_yet_another_argument_to_make_it_long=None):"
    )
    prepare(
        small(
            tmp_path,
            {
                "notebook.py": NOTEBOOK.replace("def softmax(scores):", signature),
                "specimens/naive.py": SPECIMEN.replace("def softmax(scores):", signature),
            },
        )
    )


def test_a_stub_may_repeat_the_signature_and_the_docstring_of_the_solution(tmp_path: Path) -> None:
    head = ["def inner_helper_with_a_name(first, second):", '    """A docstring that both of them have."""']
    inner = "".join(f"    {line}\n" for line in [*head, "    return zero_of_the_same_kind(first + second)"])
    stub = "".join(f"    # {line}\n" for line in head)
    source = NOTEBOOK.replace("    # STUB\n", f"{inner}    # STUB\n{stub}")
    prepare(small(tmp_path, {"notebook.py": source}))


def test_a_hidden_check_may_share_a_short_line_with_a_public_one_and_no_long_one(tmp_path: Path) -> None:
    short = "    expected_by_both_of_them = [0.5, 0.5, 0.25, 0.125]\n"
    long = "".join(f"    another_line_{n} = compute_something_of({n}, {n})\n" for n in range(4))
    for shared, leaks in ((short, False), (long, True)):
        replaced: dict[str, str | bytes] = {
            "public/test_public.py": PUBLIC.replace("    assert", f"{shared}    assert", 1),
            "hidden/test_hidden.py": HIDDEN.replace("    assert", f"{shared}    assert", 1),
        }
        if leaks:
            assert refusal(tmp_path / "long", replaced).code == "leak"
        else:
            prepare(small(tmp_path / "short", replaced))


def test_what_the_author_allows_is_no_leak_and_what_holds_it_still_is(tmp_path: Path) -> None:
    toml = f"{TOML}\n[build]\nallow = ['{SOLUTION}']\n"
    prepare(small(tmp_path / "one", {**with_cell(SOLUTION), "assignment.toml": toml}))
    more = f"{SOLUTION}\nreturn [entry / sum(positive) for entry in positive]"
    assert refusal(tmp_path / "two", {**with_cell(more), "assignment.toml": toml}).code == "leak"
    short = toml.replace(SOLUTION, "positive")
    assert refusal(tmp_path / "three", {"assignment.toml": short}).code == "allow-too-short"


def test_what_cannot_be_searched_is_refused(tmp_path: Path) -> None:
    broken = zipped(SOLUTION.encode() * 50)
    damaged = broken[:60] + bytes(b ^ 255 for b in broken[60:70]) + broken[70:]
    bomb = gzip.compress(bytes(300_000_000), 9)
    deep = b"nothing"
    for _ in range(9):
        deep = zipped(deep)
    for content in (damaged, bomb, deep):
        with pytest.raises(AutograderError, match="leak-unsearchable"):
            scan({"data.bin": content}, [secret(SOLUTION)])


def test_nothing_of_the_source_that_is_secret_is_forgotten(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    secrets = secrets_of(assignment, prepare(assignment).stripped)
    assert {s.kind for s in secrets} == {"solution", "hidden check", "specimen"}
    assert [Path(f.place.path).name for f in secret_files(assignment)] == ["labels.csv"]
    for text in (SOLUTION, CHECK, WRONG, '"""The maximum is not subtracted, because the formula in the book'):
        assert any(normal(text) in s.text for s in secrets)


BLANK = st.text(alphabet=" \t\n\u00a0\u2003\u200b\\#'\"", max_size=4)


@given(st.data(), st.sampled_from([SOLUTION, CHECK, WRONG]))
def test_no_white_space_wrapping_quoting_or_case_hides_a_statement(data: st.DataObject, text: str) -> None:
    pieces_of_text = text.split(" ")
    hidden = pieces_of_text[0]
    for piece in pieces_of_text[1:]:
        hidden += data.draw(BLANK) + data.draw(st.sampled_from([piece, piece.upper()]))
    before, after = data.draw(st.text(max_size=20)), data.draw(st.text(max_size=20))
    released = (before + "\n" + hidden + "\n" + after).encode("utf-8", errors="replace")
    assert found(released, text, "a.md")
    assert found(base64.b64encode(hidden.encode()), text, "a.md")


@given(st.binary(max_size=400))
def test_any_bytes_can_be_searched(data: bytes) -> None:
    for content in (data, base64.b64encode(data), b"PK\x03\x04" + data, b"\x1f\x8b" + data, b"{" + data):
        try:
            hits = scan({"a": content}, [secret(SOLUTION)])
        except AutograderError as error:
            hits = [] if error.code == "leak-unsearchable" else [error]  # type: ignore[list-item]
        assert hits == []
