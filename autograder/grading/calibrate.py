"""Thresholds from measurements: the reference is trained on many seeds, and the spread says what may be asked.

The rule: full credit lies where, with 95 % confidence, 99.9 % of the reference's runs pass. A student who trains as
well as the reference then loses points hardly ever; a second seed makes it rarer still.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from autograder.course import Finding, Measured, Outcome, Verdict
from autograder.errors import AutograderError
from autograder.grading.attempt import Grader

SHARE, CONFIDENCE = 0.999, 0.95
_WHOLE = 1e-6


@dataclass(frozen=True)
class Calibration:
    """One quantity of one check: how the reference does on many seeds, and which thresholds follow."""

    check: str
    exercise: str
    present: Measured
    """As the check has it now."""
    values: tuple[float, ...]
    """Exact, in the order of the seeds; the first training of each attempt."""
    seconds: tuple[float, ...]
    """Of the whole check."""
    full: float
    half: float
    ceiling: tuple[float, float] | None
    """Proposed, as in Measured."""

    @property
    def mean(self) -> float:
        """Over the seeds."""
        return statistics.fmean(self.values)

    @property
    def deviation(self) -> float:
        """The sample standard deviation over the seeds."""
        return statistics.stdev(self.values)

    @property
    def worst(self) -> float:
        """Of all seeds; of a quantity with two bad sides the one that is farthest from the mean."""
        if self.present.ceiling is not None:
            return max(self.values, key=lambda value: abs(value - self.mean))
        return (min if self.present.larger_is_better else max)(self.values)

    @property
    def safe(self) -> bool:
        """Whether the present threshold for full credit asks for no more than the proposed one."""
        now = self.present
        if now.ceiling is not None and self.ceiling is not None:
            return now.full <= self.full and now.ceiling[0] >= self.ceiling[0]
        return now.full <= self.full if now.larger_is_better else now.full >= self.full

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "check": self.check,
            "exercise": self.exercise,
            "measured": self.present.name,
            "examples": self.present.examples,
            "mean": self.mean,
            "deviation": self.deviation,
            "worst": self.worst,
            "values": list(self.values),
            "seconds": round(statistics.fmean(self.seconds), 3),
            "present": {"full": self.present.full, "half": self.present.half, "ceiling": self.present.ceiling},
            "proposed": {"full": self.full, "half": self.half, "ceiling": self.ceiling},
            "safe": self.safe,
        }


def calibrate(
    grader: Grader,
    *,
    seeds: int = 20,
    jobs: int = 1,
    trivial: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Calibration, ...]:
    """Grade the reference on `seeds` seeds by the checks that measure something, and propose thresholds.

    Args:
        grader: one that rounds nothing: `open_grader(assignment, exact=True)`.
        seeds: at least 3; thresholds from fewer than 20 are provisional.
        jobs: how many seeds at a time.
        trivial: what a model reaches that has learnt nothing, by the name of the quantity: half credit lies above it.
        progress: called with how many seeds are done, and how many there are.

    Raises:
        AutograderError: `nothing-to-calibrate`: no check returns a Score with something measured; or
            `reference-not-measured`: the reference does not get a Score from such a check on every seed.
        ValueError: fewer than 3 seeds.
    """
    if seeds < 3:
        raise ValueError("a spread takes at least 3 seeds")
    first = grader.grade(grader.reference, 0)
    names = tuple(f.check for f in first.findings if f.measured)
    if not names:
        raise AutograderError(
            "nothing-to-calibrate",
            f"no check of {grader.assignment.slug} measures a trained model",
            why="The reference got no Score with a measured value from any of them.",
            fix="return accuracy(...), nll(...), rmse(...), perplexity(...), episode_return(...) or below(...)",
        )
    progress(1, seeds)
    verdicts = {0: first}
    with ThreadPoolExecutor(jobs, thread_name_prefix="calibrate") as pool:
        futures = {pool.submit(grader.grade, grader.reference, seed, names): seed for seed in range(1, seeds)}
        for future in as_completed(futures):
            verdicts[futures[future]] = future.result()
            progress(len(verdicts), seeds)
    return _calibrations([verdicts[seed] for seed in range(seeds)], names, trivial or {})


def tolerance_factor(seeds: int) -> float:
    """The one-sided normal tolerance factor k for 99.9 % of runs with 95 % confidence: 5.20, 4.32, 4.02 for 10, 20, 30.

    By the noncentral t distribution: NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.3.
    """
    from scipy import stats

    root = math.sqrt(seeds)
    noncentrality = statistics.NormalDist().inv_cdf(SHARE) * root
    return float(stats.nct.ppf(CONFIDENCE, seeds - 1, noncentrality) / root)  # type: ignore[attr-defined]


def propose(
    values: tuple[float, ...], present: Measured, trivial: float | None = None
) -> tuple[float, float, tuple[float, float] | None]:
    """Full credit, half credit and ceiling for a quantity that the reference reached as `values`.

    Full credit: the worse of mean - k SD and the worst seed, less one example where a share of examples is measured;
    mirrored where smaller is better; on both sides where too much is wrong too. Half credit: at twice the error of
    full credit (of a share: 1 - share; of a positive loss: the loss), but halfway to the trivial baseline at most.
    A quantity with no natural zero of its error keeps half credit where it is, if that is easier to reach.
    """
    if present.ceiling is not None:
        low, high = -_reached(tuple(-v for v in values)), _reached(values)
        apart = high - low
        return _down(low), _down(low - apart), (_up(high), _up(high + apart))
    if not present.larger_is_better:
        full = _up(_reached(values))
        half = 2 * full if full > 0 else max(present.half, full)
        return full, (half if trivial is None else max(full, _up(min(half, (full + trivial) / 2)))), None
    reached = -_reached(tuple(-v for v in values))
    if not _is_share(values, present.examples):
        full = _down(reached)
        half = min(present.half, full)
        return full, (half if trivial is None else min(full, _down(max(half, (full + trivial) / 2)))), None
    full = max(0.0, _floor(reached - 1 / present.examples))
    half = max(0.0, 1 - 2 * (1 - full))
    return full, min(full, _floor(half if trivial is None else max(half, (full + trivial) / 2))), None


def _calibrations(
    verdicts: Iterable[Verdict], names: tuple[str, ...], trivial: Mapping[str, float]
) -> tuple[Calibration, ...]:
    runs: dict[str, list[Finding]] = {name: [] for name in names}
    for verdict in verdicts:
        for finding in verdict.findings:
            if finding.check in runs:
                runs[finding.check].append(_measuring(finding, verdict.seed, runs[finding.check]))
    return tuple(
        _calibration(found, position, trivial.get(present.name))
        for found in runs.values()
        for position, present in enumerate(_first_runs(found[0]))
    )


def _measuring(finding: Finding, seed: int, before: list[Finding]) -> Finding:
    same = not before or len(_first_runs(finding)) == len(_first_runs(before[0]))
    if finding.measured and same and finding.outcome in (Outcome.PASSED, Outcome.FAILED):
        return finding
    raise AutograderError(
        "reference-not-measured",
        f"{finding.check} gives the reference no score on seed {seed}",
        why=f"{finding.outcome.capitalize()}: {finding.detail or finding.message}",
        fix="run `autograder verify`, and make the reference pass first",
    )


def _first_runs(finding: Finding) -> list[Measured]:
    """What the first training gave. A second one is run only where the first was borderline: no fair sample."""
    return [one for one in finding.measured if one.run == 1]


def _calibration(found: list[Finding], position: int, trivial: float | None) -> Calibration:
    present = _first_runs(found[0])[position]
    values = tuple(_first_runs(finding)[position].value for finding in found)
    full, half, ceiling = propose(values, present, trivial)
    seconds = tuple(finding.seconds for finding in found)
    return Calibration(found[0].check, found[0].exercise, present, values, seconds, full, half, ceiling)


def _reached(losses: tuple[float, ...]) -> float:
    """What hardly any run of the reference exceeds, of a quantity that should be small."""
    spread = tolerance_factor(len(losses)) * statistics.stdev(losses)
    return max(statistics.fmean(losses) + spread, *losses)


def _is_share(values: tuple[float, ...], examples: int) -> bool:
    """Whether the values are numbers of right examples, divided by their number."""
    return examples > 0 and all(
        0 <= v <= 1 and abs(v * examples - round(v * examples)) <= _WHOLE * examples for v in values
    )


def _floor(share: float) -> float:
    return math.floor(share * 100 + 1e-9) / 100


def _up(value: float) -> float:
    """The next larger number of two significant digits."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return float(f"{math.ceil(value / step - 1e-9) * step:.12g}")


def _down(value: float) -> float:
    return -_up(-value)
