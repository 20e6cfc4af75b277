"""`verify`: green where every promise is kept, and a word about each that is not."""

from __future__ import annotations

import json
from pathlib import Path

from real_command import left_in_tmp, run
from tiny_course import BREAKS_ITS_PROMISE, TORCH_MEAN, make_course


def test_verify_is_green_where_every_promise_is_kept(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    done = run(course, "verify", "01", "--seeds", "2", "--mutants", "0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("01-sums: green: every promise is kept, and no mutant was tried")
    text = " ".join(done.stdout.split())
    assert "reference full marks on 2 of 2 seeds;" in text
    assert "stub 0 of 6 points" in text
    assert "1 of 1 wrong answer caught as promised; 1 of 1 right answer accepted" in text
    assert left_in_tmp(course) == []


def test_verify_is_not_green_where_a_specimen_from_elsewhere_breaks_its_promise(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "more").mkdir()
    (course / "more" / "liar.py").write_text(BREAKS_ITS_PROMISE)
    (course / "more" / "another_mean.py").write_text(TORCH_MEAN)
    done = run(course, "verify", "01", "--seeds", "1", "--mutants", "0", "--specimens", "more", "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert (document["schema"], document["green"]) == (2, False)
    (assignment,) = document["assignments"]
    assert assignment["assignment"] == "01-sums"
    kept = {(p["kind"], p["name"]): p["kept"] for p in assignment["proofs"] if p["kind"] != "mutant"}
    assert kept == {
        ("reference", "reference"): True,
        ("stub", "stub"): True,
        ("specimen", "sum_not_mean"): True,
        ("specimen", "torch_mean"): True,
        ("specimen", "another_mean"): True,
        ("specimen", "liar"): False,
    }
    liar = next(proof for proof in assignment["proofs"] if proof["name"] == "liar")
    assert liar["problems"] == ["double: promised to lose points, and got all 2"]
    assert assignment["headline"].startswith("NOT green: 1 of 4 specimens breaks a promise")


def test_verify_names_the_check_that_has_a_bug(tmp_path: Path) -> None:
    done = run(make_course(tmp_path), "verify", "02", "--seeds", "1")
    assert done.returncode == 1
    assert done.stdout.startswith("02-bug: NOT green")
    assert "test_two: broken: NameError" in done.stdout
    assert "A check that is broken has a bug of its own" in done.stdout


def test_the_report_is_written_as_a_page_where_asked_for(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    done = run(course, "verify", "01", "--seeds", "1", "--html", "proof.html")
    assert "report: proof.html" in done.stderr
    page = (course / "proof.html").read_text(encoding="utf-8")
    assert "<h1>" in page
    assert "sum_not_mean" in page


def test_no_mutant_is_made_where_none_is_wanted_and_every_one_where_all_are(tmp_path: Path) -> None:
    course = make_course(tmp_path)

    def mutants(*options: str) -> int:
        done = run(course, "verify", "01", "--seeds", "1", "--json", "--survivors", "100", *options)
        proofs = json.loads(done.stdout)["assignments"][0]["proofs"]
        return sum(proof["kind"] == "mutant" for proof in proofs)

    assert mutants("--mutants", "0") == 0
    assert mutants("--mutants", "1") == 3, "one for each exercise"
    assert mutants("--all-mutants") > 3


def test_a_survivor_stops_the_release_and_is_shown_with_its_diff(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    options = ("verify", "01", "--seeds", "1", "--all-mutants", "--survivors")
    stopped = run(course, *options, "0")
    assert stopped.returncode == 1
    assert "mutants survive" in stopped.stdout
    assert "+    positive_entries_of_x = x >= 0" in stopped.stdout
    assert 'before = "positive_entries_of_x = x > 0"' in stopped.stdout
    assert run(course, *options, "50").returncode == 0


def test_a_specimen_without_a_promise_is_one_clear_error(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "assignments" / "01-sums" / "specimens" / "odd.py").write_text('"""Odd."""\ndouble = 3\n')
    done = run(course, "verify", "01")
    assert done.returncode == 1
    assert done.stderr.startswith("error[bad-specimen]: no promise")
    assert "odd.py" in done.stderr


def test_one_exercise_can_be_proven_alone_which_is_said_to_be_no_proof_for_a_release(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    done = run(course, "verify", "01", "--seeds", "1", "--exercise", "double", "--json", "--survivors", "100")
    (assignment,) = json.loads(done.stdout)["assignments"]
    assert (assignment["partial"], assignment["exercises"]) == (True, ["double"])
    assert {check["exercise"] for check in assignment["checks"]} == {"double"}
    mutants = [proof for proof in assignment["proofs"] if proof["kind"] == "mutant"]
    assert {exercise for proof in mutants for exercise in proof["changes"]} == {"double"}
    specimens = {proof["name"]: proof["fails"] for proof in assignment["proofs"] if proof["kind"] == "specimen"}
    assert specimens == {"torch_mean": []}
    unknown = run(course, "verify", "01", "--exercise", "twice")
    assert unknown.returncode == 1
    assert "error[unknown-exercise]: no exercise is called 'twice'" in unknown.stderr
