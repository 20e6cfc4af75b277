"""Diagnosis: the hint of the specimen that behaves the same, in whatever words the answer is written, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_assignment import write_assignment

from autograder.course import CodeCell, Outcome, Submission
from autograder.course.assignment import load_assignment
from autograder.examiner.behaviour import Behaviour, Leaf, Step
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.diagnosis import Known, diagnose

RIGHT = {"a": Behaviour((Step("call", "", (Leaf("float", (1.0,)),)),))}


def answering(value: float, check: str = "a") -> dict[str, Behaviour]:
    return {check: Behaviour((Step("call", "", (Leaf("float", (value,)),)),))}


def test_the_hint_is_that_of_the_mistake_that_behaves_the_same() -> None:
    known = [Known("two", answering(2.0)), Known("three", answering(3.0))]
    assert diagnose(answering(3.0), known, RIGHT) == "three"
    assert diagnose(answering(4.0), known, RIGHT) == ""


def test_two_hints_for_one_behaviour_are_none() -> None:
    known = [Known("two", answering(2.0)), Known("also two", answering(2.0))]
    assert diagnose(answering(2.0), known, RIGHT) == ""
    assert diagnose(answering(2.0), [*known[:1], Known("two", answering(2.0))], RIGHT) == "two"


def test_what_lies_beyond_the_first_mistake_decides_between_two() -> None:
    def going_on(value: float) -> dict[str, Behaviour]:
        steps = answering(2.0)["a"].steps
        return {"a": Behaviour(steps, (*steps, *answering(value)["a"].steps))}

    known = [Known("then three", going_on(3.0)), Known("then four", going_on(4.0))]
    assert diagnose(going_on(4.0), known, RIGHT) == "then four"
    assert diagnose(going_on(5.0), known, RIGHT) == ""
    assert diagnose(going_on(5.0), known[:1], RIGHT) == "then three"


def test_an_answer_that_behaves_as_the_right_one_makes_no_known_mistake() -> None:
    assert diagnose(answering(1.0), [Known("one", answering(1.0))], RIGHT) == ""


def test_a_bare_exception_is_no_evidence() -> None:
    raised = {"a": Behaviour((Step("call", "", (Leaf("raised ValueError"),)),))}
    assert diagnose(raised, [Known("raises", raised)], RIGHT) == ""


def test_a_second_mistake_in_another_check_leaves_it_open() -> None:
    right = RIGHT | {"b": RIGHT["a"]}
    known = [Known("two", answering(2.0) | answering(2.0, "b"))]
    assert diagnose(answering(2.0) | answering(2.0, "b"), known, right) == "two"
    assert diagnose(answering(2.0) | answering(7.0, "b"), known, right) == ""


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    root = write_assignment(tmp_path_factory.mktemp("course") / "01-small")
    with open_grader(load_assignment(root)) as opened:
        yield opened


def graded(grader: Grader, *sources: str) -> dict[str, str]:
    cells = tuple(CodeCell(number, source) for number, source in enumerate(("import torch", *sources), 1))
    verdict = grader.grade(Submission("s", "", cells), 7, diagnosed=True)
    assert all(f.outcome in (Outcome.PASSED, Outcome.FAILED) for f in verdict.findings)
    return {f.exercise: f.diagnosis for f in verdict.findings if f.diagnosis}


MEAN = "def mean(x):\n    return x.sum(1) / x.shape[1]"
LOSS = "def loss(a, b):\n    return ((a - b) ** 2).mean()"


def test_an_answer_in_other_words_gets_the_hint_of_its_mistake(grader: Grader) -> None:
    by_rows = "def mean(x):\n    return torch.stack([row.sum() for row in x.unbind(0)]).reshape(-1)"
    assert graded(grader, by_rows, LOSS) == {"mean": "You add the rows up. Divide by their length."}
    einsum = "import numpy as np\n\ndef mean(x):\n    return torch.einsum('ij->i', x.double()).float()"
    assert graded(grader, einsum, LOSS) == {"mean": "You add the rows up. Divide by their length."}


def test_a_gradient_that_is_cut_is_told_from_a_value_that_is_wrong(grader: Grader) -> None:
    cut = "def loss(a, b):\n    return (torch.tensor((a - b).detach().numpy()) ** 2).mean()"
    assert graded(grader, MEAN, cut) == {"loss": "The values are right, but no gradient flows."}


def test_mistakes_that_show_alike_at_first_are_told_apart_by_what_follows(grader: Grader) -> None:
    """Of one row, the total and the total of all rows are the same."""
    over_all = "def mean(x):\n    return x.sum() * torch.ones(len(x)) if len(x) != 2 else x.mean(1)"
    assert graded(grader, over_all, LOSS) == {"mean": "You add everything up."}


def test_an_unknown_mistake_gets_no_hint(grader: Grader) -> None:
    assert graded(grader, "def mean(x):\n    return x.mean(1) + 0.1", LOSS) == {}
    assert graded(grader, "def mean(x):\n    raise ValueError", LOSS) == {}
    assert graded(grader, "def mean(x):\n    import os\n    os._exit(0)", LOSS) == {}


def test_a_right_answer_gets_no_hint(grader: Grader) -> None:
    assert graded(grader, MEAN, LOSS) == {}


def test_hints_are_the_same_whatever_seed_the_attempt_has(grader: Grader) -> None:
    cells = (CodeCell(1, "import torch"), CodeCell(2, "def mean(x):\n    return x.sum(1)"), CodeCell(3, LOSS))
    told = {
        tuple(f.diagnosis for f in grader.grade(Submission("s", "", cells), seed, diagnosed=True).findings)
        for seed in (1, 2**62)
    }
    assert len(told) == 1


def test_no_finding_has_a_diagnosis_where_none_is_asked_for(grader: Grader) -> None:
    cells = (CodeCell(1, "import torch"), CodeCell(2, "def mean(x):\n    return x.sum(1)"))
    assert not any(f.diagnosis for f in grader.grade(Submission("s", "", cells), 1).findings)


def test_what_the_checks_look_up_is_learnt_from_the_reference(grader: Grader) -> None:
    rehearsed = grader.rehearsed
    assert rehearsed["test_mean"].names == {"mean"}
    assert rehearsed["test_loss_has_a_gradient"].names == {"loss"}
    assert all(seen.seconds > 0 for seen in rehearsed.values())


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    return write_assignment(tmp_path / "01-small")


def test_a_hint_that_two_specimens_dispute_is_a_problem_of_verify(unfinished: Path) -> None:
    from autograder.grading.verify import Kind, plan_verification, verify

    (unfinished / "specimens" / "mean_is_a_sum.py").write_text(
        '"""The same again."""\n# fails: mean\n# hint: Other words for it.\n\n\ndef mean(x):\n    return x.sum(dim=1)\n'
    )
    assignment = load_assignment(unfinished)
    plan = plan_verification(assignment, seeds=1, mutants=0)
    with open_grader(assignment) as grader:
        proofs = {p.name: p for p in verify(plan, grader) if p.kind is Kind.SPECIMEN}
    assert any("never given" in problem for problem in proofs["mean_is_a_sum"].problems)
    assert any("never given" in problem for problem in proofs["mean_sum"].problems)
    assert proofs["loss_cut"].kept
    assert proofs["loss_cut"].diagnosis == "The values are right, but no gradient flows."


def test_verify_says_that_checks_are_too_slow_for_hints(unfinished: Path) -> None:
    from autograder.grading.verify import plan_verification, verify

    for path in unfinished.glob("*/test_*.py"):
        path.write_text(path.read_text().replace('@check("mean",', '@check("mean", seconds=11,'))
    assignment = load_assignment(unfinished)
    plan = plan_verification(assignment, seeds=1, mutants=0)
    with open_grader(assignment) as grader:
        [slow] = [p for p in verify(plan, grader) if p.name == "mean_sum"]
    assert slow.diagnosis == ""
    assert [p for p in slow.problems if "only in checks of at most 10 seconds, and it fails only test_mean" in p]


def test_comparisons_that_would_let_wrong_values_pass_are_known_of_each_check(tmp_path: Path) -> None:
    root = write_assignment(tmp_path / "01-small")
    (root / "hidden" / "test_blunt.py").write_text(
        "from autograder.checks import check, close\n\n\n"
        '@check("mean", points=0)\n'
        "def test_blunt(student, rng):\n"
        "    x = rng.normal(3, 8)\n"
        "    assert student.mean(x) == close(x.mean(1), magnitude=1e6)\n"
    )
    with open_grader(load_assignment(root)) as opened:
        blunt = {check: seen.blunt for check, seen in opened.rehearsed.items()}
    assert blunt["test_mean"] == ()
    assert {"all zeros", "1.05 times"} <= set(blunt["test_blunt"])
