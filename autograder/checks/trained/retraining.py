"""Training runs as evidence: a second seed before points are lost, and that the code makes the weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.checks.failure import Failure
from autograder.checks.rng import Rng
from autograder.checks.score import Measured, Score


def second_chance(attempt: Callable[[int], Score], rng: Rng, *, margin: float = 0.0) -> Score:
    """The score of a training run; where it is borderline, the better of two with different seeds.

    Borderline: short of full credit, while full credit lies within the interval of everything that was measured.
    Give the check `seconds` for two runs: a time-out in the second one costs all points.

    Args:
        attempt: trains with the seed that it is given, and scores the result.
        rng: the check's.
        margin: so much lost credit, from 0 to 1, is borderline too; 1: every run short of full credit is repeated.

    Returns:
        The better score; `measured` holds that of both runs. A Failure of the second run leaves the first score.

    Raises:
        Failure: as the first run does.
    """
    first = attempt(rng.seed())
    if first.credit >= 1 or not _borderline(first, margin):
        return first
    try:
        second = attempt(rng.seed())
    except Failure:
        return _told(first, "a second training with another seed did not come to an end")
    measured = (*first.measured, *(replace(one, run=2) for one in second.measured))
    better = second if second.credit > first.credit else first
    return _told(Score(better.credit, better.message, measured), "the better of two trainings with different seeds")


def retrained(
    submitted: Score, train: Callable[[int], Score], rng: Rng, *, share: float = 0.1, tolerance: float = 0.0
) -> Score:
    """For a share of the submissions, hold the weights that were handed in against what the code itself trains.

    Nobody can foresee which submissions are drawn; graded again, they are the same ones. Give `train` other data than
    the student has, as with inputs permuted by `rng`: code that only reads the file then fails.

    Args:
        submitted: the score of the weights that were handed in.
        train: trains with the student's code and the seed that it is given, and scores the result in the same way.
        rng: the check's.
        share: of the submissions whose code is run, from 0 to 1.
        tolerance: so much worse than the submitted weights is borne, in units of what was measured. Where the 95 %
            intervals of the two meet, all is well in any case.

    Returns:
        `submitted`.

    Raises:
        Failure: the code was run, with two seeds, and came near the submitted weights with neither.
        ValueError: `train` does not measure what was measured of the weights.
    """
    if float(rng.uniform(1)) >= share:
        return submitted
    worse: list[str] = []
    for _ in range(2):
        worse = _falls_short(submitted, train(rng.seed()), tolerance)
        if not worse:
            return submitted
    raise Failure(
        f"the training code does not produce the weights that were handed in: {'; '.join(worse)}. Hand in the notebook "
        "that they come from, with the same data, epochs and learning rate, and no weights loaded from a file"
    )


def _borderline(score: Score, margin: float) -> bool:
    near = bool(score.measured) and all(one.reaches_full for one in score.measured)
    return near or 1 - score.credit <= margin


def _told(score: Score, words: str) -> Score:
    return Score(score.credit, f"{score.message} ({words})" if score.message else words, score.measured)


def _falls_short(submitted: Score, trained: Score, tolerance: float) -> list[str]:
    """In words, in what the code's own training falls short of the weights."""
    own = {one.name: one for one in trained.measured}
    missing = [one.name for one in submitted.measured if one.name not in own]
    if missing or not submitted.measured:
        raise ValueError(f"train must measure what was measured of the weights: {', '.join(missing) or 'nothing was'}")
    pairs = [(one, own[one.name]) for one in submitted.measured]
    return [
        f"{theirs.name} {theirs.value:.6g} with the weights, {mine.value:.6g} after training"
        for theirs, mine in pairs
        if not _comes_near(theirs, mine, tolerance)
    ]


def _comes_near(theirs: Measured, mine: Measured, tolerance: float) -> bool:
    if theirs.ceiling is not None:
        return mine.low - tolerance <= theirs.high and mine.high + tolerance >= theirs.low
    # A hair more than the tolerance: 0.25 - 0.2 is 0.04999... in binary.
    borne = tolerance * (1 + 1e-9)
    if theirs.larger_is_better:
        return mine.high >= min(theirs.low, theirs.value - borne)
    return mine.low <= max(theirs.high, theirs.value + borne)
