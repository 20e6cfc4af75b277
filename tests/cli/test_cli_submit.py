"""`submit`, `return` and `feedback`: the way of one notebook to the grader and back."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from real_command import COMMAND, environment, run
from tiny_course import HEAD, RIGHT, make_course, notebook

from autograder.build import prepare
from autograder.course import load_assignment
from autograder.exchange import inbound, own_receipts, publish

WRONG_MEAN = "def mean(x):\n    return x.sum(dim=1)\n"
SLUG = "01-sums"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def desk(course: Path, tmp_path: Path) -> Path:
    """A student's folder with the release, beside an exchange that collects it."""
    folder = tmp_path / "student"
    for name, content in prepare(load_assignment(course / "assignments" / SLUG)).files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "exchange").mkdir()
    publish(tmp_path / "exchange", folder)
    return folder


def write(folder: Path, *cells: str) -> None:
    (folder / f"{SLUG}.ipynb").write_text(notebook(*cells))


def submit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "submit", "--exchange", str(folder.parent / "exchange"), "--student", "ada", *arguments)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


def codes(done: subprocess.CompletedProcess[str]) -> list[str]:
    warnings = told(done)["warnings"]
    assert isinstance(warnings, list)
    return [one["code"] for one in warnings]


def test_a_whole_notebook_is_handed_in_without_a_question_and_the_receipt_holds(desk: Path) -> None:
    write(desk, *RIGHT)
    done = submit(desk)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "answers     3 of 3 exercises" in done.stdout
    assert "run         from top to bottom" in done.stdout
    assert "checks      1 of 1 public checks passed" in done.stdout
    assert "Handed in. This is attempt 1." in done.stdout
    assert "Before you hand in" not in done.stdout
    (receipt,) = own_receipts(desk, SLUG)
    assert receipt.sha256 in done.stdout
    (arrival,) = inbound(desk.parent / "exchange", SLUG)
    assert (arrival.student, arrival.path.name) == ("ada", receipt.place)
    held = run(desk, "submit", "--verify-receipt", f"receipts/{receipt.name}")
    assert held.returncode == 0
    assert "The receipt holds" in held.stdout
    arrival.path.unlink()
    gone = run(desk, "submit", "--verify-receipt", f"receipts/{receipt.name}", "--json")
    assert gone.returncode == 1
    assert told(gone)["standing"] == "gone"


def test_what_is_open_stops_nobody_who_says_yes_and_is_named(desk: Path) -> None:
    done = submit(desk, "--skip-run")
    assert done.returncode == 1
    assert "no answer yet: double, mean, count" in done.stdout
    assert "Nothing was handed in. To hand in all the same: autograder submit --yes" in done.stdout
    assert list(inbound(desk.parent / "exchange", SLUG)) == []
    done = submit(desk, "--yes", "--skip-run", "--json")
    assert done.returncode == 0, done.stderr
    assert codes(done) == ["open", "not-run"]
    assert told(done)["handed_in"] is True


def test_a_cell_that_stops_and_a_check_that_fails_are_told(desk: Path) -> None:
    write(desk, HEAD, "def double(x):\n    return x\n", WRONG_MEAN, "1 / 0\n")
    done = submit(desk, "--json")
    assert done.returncode == 1
    assert codes(done) == ["gone", "stopped", "not-passed"]
    assert "ZeroDivisionError" in done.stdout


def test_a_cell_that_takes_longer_than_grading_allows_is_told(desk: Path) -> None:
    about = json.loads((desk / "assignment.json").read_text())
    about["limits"] |= {"cell_seconds": 0.5}
    (desk / "assignment.json").write_text(json.dumps(about))
    write(desk, *RIGHT, "import time\ntime.sleep(60)\n")
    done = submit(desk, "--json")
    assert "stopped" in codes(done)
    assert "did not finish in time" in done.stdout
    assert "Grading allows 0.5 s for a cell." in done.stdout


def test_files_beside_it_go_along_or_are_told_of(desk: Path) -> None:
    write(desk, "import torch\nimport helper\nx = open('/home/ada/data.csv') if False else 0\n", *RIGHT)
    (desk / "helper.py").write_text("y = 1\n")
    (desk / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    (desk / "old.pt").write_bytes(b"\x80")
    done = submit(desk, "--json", "--skip-run")
    assert codes(done) == ["module", "path", "pickled-weights", "not-run"]
    assert "add --file helper.py" in done.stdout
    assert 'save_model(model, \\"old.safetensors\\")' in done.stdout
    done = submit(desk, "--file", "helper.py", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    (arrival,) = inbound(desk.parent / "exchange", SLUG)
    assert arrival.manifest is not None
    assert [f.name for f in arrival.manifest.files] == ["01-sums.ipynb", "helper.py", "model.safetensors"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("weights.pt", "pickled-weights"),
        ("../outside.txt", "outside-folder"),
        ("link.txt", "unreadable-file"),
        ("nothing.txt", "unreadable-file"),
    ],
)
def test_files_that_no_grader_would_take_are_refused_with_what_to_do(desk: Path, name: str, code: str) -> None:
    write(desk, *RIGHT)
    (desk / "weights.pt").write_bytes(b"")
    (desk.parent / "outside.txt").write_text("")
    (desk / "link.txt").symlink_to("/etc/hostname")
    done = submit(desk, "--file", name, "--yes", "--skip-run", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == code
    assert list(inbound(desk.parent / "exchange", SLUG)) == []


def test_half_a_notebook_is_refused(desk: Path) -> None:
    (desk / f"{SLUG}.ipynb").write_text('{"cells": [')
    done = submit(desk, "--yes")
    assert done.returncode == 1
    assert done.stderr.startswith("error[unreadable]: ")


def test_late_is_told_and_not_forbidden(desk: Path) -> None:
    about = json.loads((desk / "assignment.json").read_text())
    (desk / "assignment.json").write_text(json.dumps(about | {"due": "2020-01-01T00:00:00+01:00"}))
    write(desk, *RIGHT)
    done = submit(desk, "--skip-run", "--yes", "--json")
    assert done.returncode == 0
    assert codes(done) == ["late", "not-run"]


def test_without_an_exchange_a_file_to_upload_is_written(desk: Path) -> None:
    write(desk, *RIGHT)
    done = run(desk, "submit", "--skip-run", "--yes", "--student", "ada")
    assert done.returncode == 1
    assert "error[no-exchange]" in done.stderr
    assert "--save FILE.zip" in done.stderr
    done = run(desk, "submit", "--skip-run", "--yes", "--student", "ada", "--save", "mine.zip")
    assert done.returncode == 0, done.stderr
    assert "not handed in yet: upload mine.zip" in done.stdout
    with zipfile.ZipFile(desk / "mine.zip") as archive:
        assert archive.namelist() == [".autograder/manifest.json", "01-sums.ipynb"]


def test_a_shared_account_is_asked_for_a_name(desk: Path) -> None:
    write(desk, *RIGHT)
    command = [*COMMAND, "submit", "--skip-run", "--yes", "--save", "x.zip"]
    env = {**environment(desk), "LOGNAME": "jovyan"}
    done = subprocess.run(
        command, cwd=desk, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert "error[who-are-you]" in done.stderr
    assert "--student NAME" in done.stderr
    done = run(desk, *command[3:], "--student", "a/b")
    assert "error[bad-student]" in done.stderr


def test_on_a_terminal_it_asks_and_takes_no_for_an_answer(desk: Path) -> None:
    write(desk, *RIGHT[:2])
    command = [*COMMAND, "submit", "--skip-run", "--student", "ada", "--exchange", str(desk.parent / "exchange")]
    for answer, code in (("n", 1), ("y", 0)):
        controller, terminal = pty.openpty()
        process = subprocess.Popen(command, cwd=desk, env=environment(desk), stdin=terminal, stdout=subprocess.PIPE)
        os.write(controller, f"{answer}\n".encode())
        said, _ = process.communicate(timeout=60)
        os.close(controller)
        os.close(terminal)
        assert b"Hand in all the same? [y/N]" in said
        assert process.returncode == code
    assert len(list(inbound(desk.parent / "exchange", SLUG))) == 1


def test_what_was_handed_in_is_graded_returned_and_shown_to_its_student_alone(course: Path, desk: Path) -> None:
    exchange = desk.parent / "exchange"
    write(desk, HEAD, *RIGHT[1:2], WRONG_MEAN, *RIGHT[3:])
    assert submit(desk, "--skip-run", "--yes", "--student", "Zoë O'Neil").returncode == 0
    nothing = run(desk, "feedback")
    assert nothing.returncode == 1
    assert "attempt 1" in nothing.stdout
    assert "nothing yet" in nothing.stdout

    gradebook = desk.parent / "gradebook.db"
    collected = desk.parent / "collected"
    taken = run(course, "collect", SLUG, "--exchange", str(exchange), "--to", str(collected))
    assert taken.returncode == 0, taken.stderr
    graded = run(course, "grade", SLUG, str(collected), "--gradebook", str(gradebook), "--isolation", "process")
    assert graded.returncode == 0, graded.stderr
    forged = run(desk, "submit", "--skip-run", "--yes", "--student", "bob", "--exchange", str(exchange))
    assert forged.returncode == 0
    back = run(course, "return", "01", "--exchange", str(exchange), "--gradebook", str(gradebook))
    assert back.returncode == 0, back.stderr
    assert "feedback for 1 student lies in the exchange" in back.stdout
    assert "not for bob: never graded" in back.stdout

    shown = run(desk, "feedback")
    assert shown.returncode == 0, shown.stderr
    assert "3 of 6 points" in shown.stdout
    assert re.search(r"The mean of each row +0 of 3", shown.stdout)
    (page,) = (desk / "feedback").iterdir()
    assert f"page: feedback/{page.name}" in shown.stdout
    assert "<html" in page.read_text(encoding="utf-8")
    document = told(run(desk, "feedback", "--json"))
    assert document["handed_in"] == 2
    assert isinstance(document["feedback"], list)
    assert [one["summary"]["points"] for one in document["feedback"]] == [3.0]


def test_feedback_in_a_folder_without_receipts_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "feedback")
    assert done.returncode == 1
    assert "error[no-receipts]" in done.stderr


def test_what_is_saved_takes_no_notebooks_place_and_is_the_students_alone(desk: Path) -> None:
    write(desk, *RIGHT)
    before = (desk / f"{SLUG}.ipynb").read_bytes()
    options = ("submit", "--skip-run", "--yes", "--student", "ada", "--save")
    refused = run(desk, *options, f"{SLUG}.ipynb")
    assert refused.returncode == 1
    assert f"fix: --save {SLUG}.zip" in refused.stderr
    assert (desk / f"{SLUG}.ipynb").read_bytes() == before
    assert run(desk, *options, "mine.zip").returncode == 0
    assert run(desk, *options, "mine.zip").returncode == 0, "and once more, over the earlier one"
    assert (desk / "mine.zip").stat().st_mode & 0o777 == 0o600


def test_an_exchange_that_is_not_there_is_told_before_the_notebook_is_run(desk: Path, tmp_path: Path) -> None:
    write(desk, "open('ran', 'w').close()\n", *RIGHT)
    done = run(desk, "submit", "--student", "ada", "--exchange", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "error[no-exchange]" in done.stderr
    assert "checks" not in done.stdout


def test_a_name_that_is_empty_is_nobodys(desk: Path) -> None:
    write(desk, *RIGHT)
    assert submit(desk, "--skip-run", "--yes").returncode == 0
    done = submit(desk, "--skip-run", "--yes", "--student", "")
    assert done.returncode == 1
    assert "error[bad-student]" in done.stderr
    (receipt,) = (desk / "receipts").iterdir()
    assert receipt.stat().st_mode & 0o777 == 0o600, "it is the key to the feedback"
