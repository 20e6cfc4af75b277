"""What the report says in words, and what the JSON holds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_verification import (
    HUGE,
    MEAN,
    TRAINS,
    everything,
    green,
    mutant,
    proof,
    reference,
    specimen,
    troubled,
    verification,
)

from autograder.grading.verify.result import Kind
from autograder.report import verification_document
from autograder.report.phrases import percent, seconds, short
from autograder.report.verification import findings


def test_the_headline_of_a_green_verification_says_that_nothing_survives() -> None:
    assert findings(green()).headline == "green: every promise is kept, and the only mutant is caught"


def test_the_headline_names_every_reason_why_it_is_not_green() -> None:
    assert findings(troubled()).headline == (
        "NOT green: the reference is not full on 1 of 7 seeds; the untouched stub gets 1 of 12 points; "
        "3 of 5 specimens break a promise; 2 of 3 mutants survive (67 %, 3 % may)"
    )


def test_few_survivors_are_told_and_do_not_stop_a_release() -> None:
    found = verification(reference(0), *(mutant(f"m{n}", HUGE) for n in range(99)), mutant("alive"))
    assert found.green
    assert findings(found).headline == "green: every promise is kept, and 1 of 100 mutants survives (1 %, 3 % may)"


def test_an_assignment_without_mutants_says_so() -> None:
    assert findings(verification(reference(0))).headline == "green: every promise is kept, and no mutant was tried"


def test_the_facts_hold_the_counts_and_the_bound_on_flakes() -> None:
    facts = dict(findings(green()).facts)
    assert facts["reference"].startswith("full marks on 20 of 20 seeds; right answers lose points on fewer than 14 %")
    assert facts["specimens"] == "4 of 4 wrong answers caught as promised; 1 of 1 right answer accepted"
    assert facts["mutants"] == "1 of 1 caught (100 %); 1 marked equivalent"
    assert facts["time"] == "94 s for 28 answers; the reference takes up to 24 s of its 5 min"


def test_each_broken_promise_comes_with_what_to_do_the_references_first() -> None:
    broken = findings(troubled()).broken
    assert [promise.title.split("<")[0] for promise in broken] == [
        "reference",
        "stub",
        "specimen right_strict",
        "specimen softmax_liar",
        "specimen softmax_odd",
    ]
    assert broken[0].problems[0].endswith("(on 1 seed of 7: 7)")
    assert "flake" in broken[0].advice
    assert "would lose points: loosen the check" in broken[2].advice
    assert "Sharpen a check" in broken[3].advice
    assert "a bug of its own" in broken[4].advice


def test_answers_with_the_same_problem_are_told_of_together() -> None:
    hints = [specimen(name, ("softmax",), HUGE, problems=("its hint is never given",)) for name in ("a", "b")]
    other = specimen("c", ("softmax",), HUGE, MEAN, problems=("cross_entropy: promised full marks",))
    found = findings(verification(reference(0), *hints, other))
    assert [(promise.title, promise.promise) for promise in found.broken] == [
        ("specimens a, b", "fails softmax"),
        ("specimen c", "fails softmax"),
    ]
    assert "mend `# hint:`" in found.broken[0].advice
    assert "elsewhere too" in found.broken[1].advice
    assert dict(found.facts)["specimens"].startswith("0 of 3 wrong answers caught as promised, 3 caught otherwise")


def test_an_equivalent_mutant_that_is_caught_has_a_wrong_mark() -> None:
    wrong = replace(mutant("m", HUGE, mark="the same", equivalent=True), problems=("called equivalent, and caught",))
    (promise,) = findings(verification(reference(0), wrong)).broken
    assert "take that mark out of mutants.toml" in promise.advice


def test_a_check_that_was_lost_is_the_machines() -> None:
    lost = proof(Kind.STUB, "stub", everything("lost"), problems=("lost",))
    assert "what the machine lacks" in findings(verification(lost)).broken[0].advice


def test_a_check_is_lenient_where_it_would_accept_grossly_altered_values() -> None:
    found = verification(reference(0))
    assert [(short(check.name), names) for check, names in findings(found).lenient] == [
        ("test_softmax_of_one_row", ("all zeros",))
    ]
    document = verification_document([found])
    assert '"would_accept": ["all zeros", "shifted by one"]' in json.dumps(document)


def test_the_same_problem_on_many_seeds_is_told_once() -> None:
    late = [replace(reference(seed), problems=("too slow",)) for seed in range(8)]
    (promise,) = findings(verification(*late)).broken
    assert promise.problems == ("too slow (on 8 seeds of 8: 0, 1, 2, 3, 4, …)",)


def test_survivors_that_nobody_has_explained_come_first() -> None:
    found = verification(mutant("known", mark="why"), mutant("new"))
    assert [survivor.name for survivor in findings(found).survivors] == ["new", "known"]


def test_a_check_that_needs_more_than_half_its_time_is_near_its_limit() -> None:
    times = findings(green()).times
    assert [(time.check.name, time.tight) for time in times][:2] == [(TRAINS, True), (MEAN, False)]


def test_the_json_holds_everything() -> None:
    document = json.loads(json.dumps(verification_document([green(), troubled()]), allow_nan=False))
    assert (document["schema"], document["green"]) == (2, False)
    first, second = document["assignments"]
    assert (first["green"], second["green"]) == (True, False)
    assert first["flake_bound"] == pytest.approx(0.139108)
    assert first["mutants"] == {"counted": 1, "survived": 0, "share": 0.0, "allowed": 0.03}
    assert len(first["proofs"]) == 28
    huge = next(check for check in second["checks"] if check["check"] == HUGE)
    assert (huge["wrong_answers_caught"], huge["wrong_answers_asked"], huge["caught_alone"]) == (2, 7, 0)
    assert second["redundant"] == [HUGE]
    assert second["untried_exercises"] == ["cross_entropy", "train"]
    assert second["notes"] == ["mutants.toml: no mutant is `mean` -> `sum` any more"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (1, "100 %"), (0.005, "0.5 %"), (0.1391, "14 %"), (0.9953, "99.5 %"), (1e-5, "under 0.1 %")],
)
def test_shares_are_said_as_people_say_them(share: float, words: str) -> None:
    assert percent(share) == words
    assert percent(1 - 1e-6) == "over 99.9 %"


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0.0 s"), (0.004, "4 ms"), (1.234, "1.2 s"), (94.2, "94 s"), (125, "2 min 5 s")]
)
def test_times_are_said_as_people_say_them(value: float, words: str) -> None:
    assert seconds(value) == words


def test_a_check_is_called_by_its_function() -> None:
    assert short("hidden/test_x.py::test_y") == "test_y"


def test_a_right_specimen_that_was_not_accepted_is_counted_as_such() -> None:
    strict = specimen("right_strict", (), MEAN, problems=("lost 3",))
    assert dict(findings(verification(strict)).facts)["specimens"].endswith("0 of 1 right answer accepted")
