"""`verify`: green where every promise is kept, and a word about each that is not."""

from __future__ import annotations

import json
from pathlib import Path

from real_command import left_in_tmp, run
from tiny_course import BREAKS_ITS_PROMISE, TORCH_MEAN, make_course


def test_verify_is_green_where_every_promise_is_kept(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    done = run(course, "verify", "01", "--seeds", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("01-sums: green in ")
    assert "reference full on 2 of 2 seeds; stub 0 of 6; " in done.stdout
    assert "1 of 1 wrong answers caught; 1 of 1 right answers accepted" in done.stdout
    assert left_in_tmp(course) == []


def test_verify_is_not_green_where_a_specimen_from_elsewhere_breaks_its_promise(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "more").mkdir()
    (course / "more" / "liar.py").write_text(BREAKS_ITS_PROMISE)
    (course / "more" / "another_mean.py").write_text(TORCH_MEAN)
    done = run(course, "verify", "01", "--seeds", "1", "--specimens", "more", "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert (document["schema"], document["kept"]) == (1, False)
    (assignment,) = document["assignments"]
    assert assignment["assignment"] == "01-sums"
    kept = {(proof["kind"], proof["name"]): proof["kept"] for proof in assignment["proofs"]}
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
    assert "specimen liar (fails double)" in done.stderr


def test_verify_names_the_check_that_has_a_bug(tmp_path: Path) -> None:
    done = run(make_course(tmp_path), "verify", "02", "--seeds", "1")
    assert done.returncode == 1
    assert done.stdout.startswith("02-bug: NOT green")
    assert "test_two: broken: NameError" in done.stderr


def test_a_specimen_without_a_promise_is_one_clear_error(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "assignments" / "01-sums" / "specimens" / "odd.py").write_text('"""Odd."""\ndouble = 3\n')
    done = run(course, "verify", "01")
    assert done.returncode == 1
    assert done.stderr.startswith("error[bad-specimen]: no promise")
    assert "odd.py" in done.stderr
