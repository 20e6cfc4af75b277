"""Trained models in real processes: second seeds, submitted weights, and thresholds from many seeds."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save
from trained_course import write_trained_course

from autograder.cli.threshold import threshold
from autograder.course import CodeCell, Finding, Measured, Outcome, Submission, load_assignment
from autograder.errors import AutograderError
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.calibrate import calibrate, propose, tolerance_factor


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_trained_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def grader(folder: Path) -> Iterator[Grader]:
    with open_grader(load_assignment(folder)) as made:
        yield made


def _handed_in(
    grader: Grader, weight: torch.Tensor | None = None, *, train: str = "", seed: int = 1
) -> dict[str, Finding]:
    reference = grader.reference
    extra = (CodeCell(90, train),) if train else ()
    values = {"weight": weight, "bias": torch.zeros(2)} if weight is not None else {}
    files = (("model.safetensors", save(values)),) if values else ()
    handed_in = Submission("ada", "0" * 64, (*reference.cells, *extra), files)
    return {finding.check: finding for finding in grader.grade(handed_in, seed).findings}


GOOD = torch.tensor([[-1.0, -1.0], [1.0, 1.0]])
LAZY = "def train(x, y, seed):\n    return Net()"


def test_what_was_measured_is_rounded_and_reaches_the_finding(grader: Grader) -> None:
    found = _handed_in(grader)["test_training_generalises"]
    assert found.outcome is Outcome.PASSED, found
    accuracy, loss = found.measured
    assert (accuracy.name, accuracy.examples, accuracy.full, accuracy.half) == ("accuracy", 400, 0.96, 0.9)
    assert accuracy.value == round(accuracy.value, 2)
    assert accuracy.low < accuracy.value < accuracy.high
    assert (loss.name, loss.larger_is_better) == ("held-out loss", False)


def test_weights_reach_the_check_and_the_code_that_made_them_is_believed(grader: Grader) -> None:
    found = _handed_in(grader, GOOD)["test_the_weights_that_were_handed_in"]
    assert found.outcome is Outcome.PASSED, found
    assert len(found.measured) == 2


def test_weights_that_the_code_cannot_produce_are_a_finding(grader: Grader) -> None:
    found = _handed_in(grader, GOOD, train=LAZY)["test_the_weights_that_were_handed_in"]
    assert found.outcome is Outcome.FAILED
    assert "the training code does not produce the weights" in found.message.lower()


def test_weights_of_another_network_are_told_from_real_processes_too(grader: Grader) -> None:
    found = _handed_in(grader, torch.ones(2, 3))["test_the_weights_that_were_handed_in"]
    assert "weight has shape (2, 3) in the file and (2, 2) in the model" in found.message


def test_the_factor_is_that_of_the_tables() -> None:
    assert [round(tolerance_factor(n), 2) for n in (10, 20, 30)] == [5.20, 4.32, 4.02]


def test_the_reference_is_measured_exactly_on_each_seed_and_thresholds_follow(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    with open_grader(load_assignment(folder), exact=True) as grader:
        accuracy, loss = calibrate(grader, seeds=6, progress=lambda done, total: steps.append((done, total)))
        again, _ = calibrate(grader, seeds=6)
    assert steps == [(n, 6) for n in range(1, 7)]
    assert accuracy.values == again.values, "the same seeds give the same trainings"
    assert (accuracy.check, accuracy.present.name, loss.present.name) == (
        "test_training_generalises",
        "accuracy",
        "held-out loss",
    )
    assert len(set(loss.values)) == 6
    assert all(value * 400 == pytest.approx(round(value * 400)) for value in accuracy.values)
    assert any(round(value, 2) != value for value in loss.values), "nothing is rounded"
    expected = statistics.fmean(loss.values) + tolerance_factor(6) * statistics.stdev(loss.values)
    assert loss.full == pytest.approx(max(expected, *loss.values), rel=0.1)
    assert loss.full >= max(loss.values)
    assert accuracy.full <= min(accuracy.values)
    assert accuracy.half == pytest.approx(1 - 2 * (1 - accuracy.full))
    json.dumps(accuracy.as_dict(), allow_nan=False)


def test_an_assignment_without_trained_models_is_named(grader: Grader) -> None:
    class Nothing:
        assignment = grader.assignment
        reference = grader.reference

        @staticmethod
        def grade(submission: Submission, seed: int, only: tuple[str, ...] = ()) -> object:
            return grader.grade(submission, seed, ("test_net_is_linear",))

    with pytest.raises(AutograderError) as caught:
        calibrate(Nothing())  # type: ignore[arg-type]
    assert caught.value.code == "nothing-to-calibrate"


def test_the_command_prints_a_table_and_a_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent.parent)
    told = CliRunner().invoke(threshold, ["calibrate", "07", "--seeds", "3", "--jobs", "1"])
    assert told.exit_code == 0, told.output
    assert "07-clouds: the reference, trained on 3 seeds" in told.output
    assert "Provisional" in told.output
    for word in ("accuracy", "held-out loss", "proposed", "0.96"):
        assert word in told.output
    done = CliRunner().invoke(
        threshold, ["calibrate", "--seeds", "3", "--jobs", "1", "--json", "--trivial", "accuracy=0.9"]
    )
    document = json.loads(done.output)
    assert (document["schema"], document["seeds"]) == (1, 3)
    (assignment,) = document["assignments"]
    accuracy, loss = assignment["measured"]
    assert accuracy["measured"] == "accuracy"
    assert len(loss["values"]) == 3
    assert accuracy["present"] == {"full": 0.96, "half": 0.9, "ceiling": None}


@pytest.mark.parametrize("given", ["accuracy", "=0.1", "accuracy=much"])
def test_a_baseline_that_cannot_be_read_is_a_mistake_on_the_command_line(given: str) -> None:
    done = CliRunner().invoke(threshold, ["calibrate", "--trivial", given])
    assert done.exit_code == 2
    assert "NAME=VALUE" in done.output


NOW = Measured(name="it", value=0, low=0, high=0, full=0.9, half=0.8, examples=450)
shares = st.lists(st.integers(380, 450), min_size=3, max_size=30).map(lambda right: tuple(n / 450 for n in right))
numbers = st.lists(st.floats(-100, 100), min_size=3, max_size=30).map(tuple)


@given(shares, st.none() | st.floats(0, 0.5))
def test_a_proposed_accuracy_lies_below_all_seeds_and_half_credit_above_the_baseline(
    values: tuple[float, ...], trivial: float | None
) -> None:
    full, half, _ = propose(values, NOW, trivial)
    assert full == 0 or full <= min(values) - 1 / 450 + 1e-9
    assert 0 <= half <= full
    assert trivial is None or full <= trivial or half > trivial - 0.01


@given(numbers)
def test_a_proposal_is_easier_than_every_seed_on_the_right_side(values: tuple[float, ...]) -> None:
    loss = msgspec.structs.replace(NOW, larger_is_better=False, full=0.1, half=0.2)
    full, half, _ = propose(values, loss)
    assert max(values) <= full <= half
    returns = msgspec.structs.replace(NOW, full=80, half=-1000, examples=0)
    full, half, _ = propose(values, returns)
    assert half <= full <= min(values)
    both = msgspec.structs.replace(NOW, ceiling=(0.95, 0.99))
    full, half, ceiling = propose(values, both)
    assert ceiling is not None
    assert half <= full <= min(values)
    assert max(values) <= ceiling[0] <= ceiling[1]
