"""What `verify` has to say about an assignment, in words: why it may be released or not, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from autograder.course import Outcome
from autograder.course.text import number
from autograder.grading.verify.coverage import Coverage, coverage
from autograder.grading.verify.flakes import CheckFlakes, Flakes, flakes, flakes_of_all
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification
from autograder.report.phrases import count, percent, seconds

REDUNDANT = (
    "Without them, all together, every wrong answer that was tried would still be caught by another hidden check. "
    "They may earn their place all the same: by a hint of their own, or by a mistake that nobody has tried yet."
)
IDLE = (
    "They failed no wrong answer. Write the mistake that they are there for as a specimen, or let them go; that they "
    "fail the untouched stub says little."
)
UNTRIED = "Nothing wrong was ever given to their checks. Write a specimen for each mistake that you expect."
LENIENT = (
    "No comparison of theirs would tell these altered values from the right answer: draw other values, compare more "
    "than one number, or leave out a tolerance of your own."
)
SURVIVORS = (
    "A mutant is the solution with one small change; these got full marks. Write a check that tells them from the "
    "solution, or say in mutants.toml why it need not."
)
_ADVICE = {
    Kind.REFERENCE: "The solution must get full marks on every seed. Where some seeds fail, the check is a flake: its "
    "tolerance, its threshold or its time is too tight.",
    Kind.STUB: "An untouched notebook must earn almost nothing. Let these checks ask for values, and not only for a "
    "type or a shape.",
    Kind.MUTANT: "Mend the check: it could not judge this answer.",
}
_GROSS = ("all zeros", "sign flipped", "1.05 times")
"""Alterations of a right answer that some comparison of every check should reject; so are those of one element."""
_TIGHT = 0.5
"""The part of its limit from which a check is called slow: students' code is slower than the reference."""


@dataclass(frozen=True)
class BrokenPromise:
    """One answer that did not get what it was to get, or several with the same problems."""

    title: str
    promise: str
    """Empty where several promised different things."""
    problems: tuple[str, ...]
    advice: str


@dataclass(frozen=True)
class CheckTime:
    """The longest that a check took with the reference."""

    check: CheckLine
    seconds: float

    @property
    def tight(self) -> bool:
        """It needs more than half of its limit."""
        return bool(self.check.seconds) and self.seconds > _TIGHT * self.check.seconds


@dataclass(frozen=True)
class Findings:
    """All that is shown, in every form of the report."""

    verified: Verification
    coverage: Coverage
    flakes: tuple[CheckFlakes, ...]
    """Of each check, in order."""
    flakes_of_all: Flakes
    times: tuple[CheckTime, ...]
    """Of each check whose time is known, the slowest first."""

    @property
    def headline(self) -> str:
        """Green or NOT green, and why, in one sentence."""
        reasons = list(_reasons(self.verified))
        if reasons:
            return f"NOT green: {'; '.join(reasons)}"
        found = self.verified
        return f"green: every promise is kept, and {_survivors(found) if found.counted else 'no mutant was tried'}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The counts, each with its name."""
        only = ", ".join(self.verified.exercises) if self.verified.partial else ""
        facts = [
            ("only", f"{only} (a release needs a proof of all exercises)" if only else ""),
            ("reference", _reference(self.flakes_of_all)),
            ("stub", _stub(self.verified)),
            ("specimens", _specimens(self.verified)),
            ("mutants", _mutants(self.verified)),
            ("checks", self._checks()),
            ("time", self._time()),
        ]
        return tuple((name, text) for name, text in facts if text)

    @property
    def broken(self) -> tuple[BrokenPromise, ...]:
        """Every promise that was not kept, the reference's first."""
        kept_apart = sorted(self.verified.proofs, key=lambda p: (list(Kind).index(p.kind), p.name, p.seed))
        groups = [list(group) for _, group in groupby(kept_apart, key=lambda p: (p.kind, p.name))]
        exercise_of = {check.name: check.exercise for check in self.verified.checks}
        alike: dict[tuple[Kind, tuple[str, ...], str], list[Proof]] = {}
        for group in groups:
            if not all(proof.kept for proof in group):
                first = next(proof for proof in group if not proof.kept)
                alike.setdefault((first.kind, _problems(group), _advice(first, exercise_of)), []).append(first)
        return tuple(_broken(proofs, problems, advice) for (_, problems, advice), proofs in alike.items())

    @property
    def survivors(self) -> tuple[Proof, ...]:
        """The mutants that survived, those that nobody has explained first."""
        return tuple(sorted(self.verified.survivors, key=lambda p: bool(p.mark)))

    @property
    def lenient(self) -> tuple[tuple[CheckLine, tuple[str, ...]], ...]:
        """The checks that would accept grossly altered values, and the names of those alterations."""
        found = ((check, tuple(name for name in check.blunt if _gross(name))) for check in self.verified.checks)
        return tuple((check, names) for check, names in found if names)

    @property
    def flaky(self) -> tuple[CheckFlakes, ...]:
        """The checks that failed the reference at least once."""
        return tuple(found for found in self.flakes if found.flakes.failures)

    def _checks(self) -> str:
        found = self.coverage
        parts = [
            str(len(self.verified.checks)),
            *_some(len(found.redundant), "redundant"),
            *_some(len(found.idle), "caught nothing"),
            *_some(len(found.fragile), "wrong answer hangs on one check", "wrong answers hang on one check each"),
        ]
        return "; ".join(parts)

    def _time(self) -> str:
        text = f"{seconds(self.verified.seconds)} for {count(len(self.verified.proofs), 'answer')}"
        longest = max((p.seconds for p in self.verified.of(Kind.REFERENCE)), default=0.0)
        limit = f" of its {seconds(self.verified.limit)}" if self.verified.limit else ""
        return f"{text}; the reference takes up to {seconds(longest)}{limit}"


def findings(verified: Verification) -> Findings:
    """What is to be said about `verified`."""
    return Findings(verified, coverage(verified), flakes(verified), flakes_of_all(verified), _times(verified))


def _gross(alteration: str) -> bool:
    return alteration in _GROSS or " element" in alteration


def _some(how_many: int, one: str, many: str = "") -> Iterator[str]:
    if how_many:
        yield f"{how_many} {one if how_many == 1 else many or one}"


def _reasons(found: Verification) -> Iterator[str]:
    references = found.of(Kind.REFERENCE)
    if lost := sum(not p.kept for p in references):
        yield f"the reference is not full on {lost} of {count(len(references), 'seed')}"
    for stub in found.of(Kind.STUB):
        if not stub.kept:
            yield f"the untouched stub gets {number(stub.points)} of {number(stub.max_points)} points"
    specimens = {p.name for p in found.of(Kind.SPECIMEN)}
    if wrong := {p.name for p in found.of(Kind.SPECIMEN) if not p.kept}:
        yield f"{len(wrong)} of {count(len(specimens), 'specimen')} {_do(len(wrong), 'break')} a promise"
    if odd := sum(not p.kept for p in found.of(Kind.MUTANT)):
        yield f"{count(odd, 'mutant')} could not be judged as marked"
    if found.survival > found.most_survivors:
        yield _survivors(found)


def _survivors(found: Verification) -> str:
    alive = len(found.survivors)
    if not alive:
        return f"all {found.counted} mutants are caught" if found.counted > 1 else "the only mutant is caught"
    share = f"{percent(found.survival)}, {percent(found.most_survivors)} may"
    return f"{alive} of {count(found.counted, 'mutant')} {_do(alive, 'survive')} ({share})"


def _do(how_many: int, verb: str) -> str:
    return f"{verb}s" if how_many == 1 else verb


def _reference(found: Flakes) -> str:
    full = f"full marks on {found.runs - found.failures} of {count(found.runs, 'seed')}"
    if not found.runs:
        return "could not be judged"
    return f"{full}; right answers lose points on fewer than {percent(found.bound)} of seeds (95 % sure)"


def _stub(found: Verification) -> str:
    return "; ".join(f"{number(p.points)} of {number(p.max_points)} points" for p in found.of(Kind.STUB))


def _specimens(found: Verification) -> str:
    proofs = found.of(Kind.SPECIMEN)
    if not proofs:
        return "none: write some wrong answers, and some right ones in other words"
    broken = {p.name for p in proofs if not p.kept}
    wrong, right = ({p.name for p in proofs if bool(p.fails) is fails} for fails in (True, False))
    caught = f"{len(wrong - broken)} of {count(len(wrong), 'wrong answer')} caught as promised"
    if amiss := {p.name for p in proofs if p.fails and not p.kept and p.caught}:
        caught += f", {len(amiss)} caught otherwise"
    return f"{caught}; {len(right - broken)} of {count(len(right), 'right answer')} accepted"


def _mutants(found: Verification) -> str:
    if not found.of(Kind.MUTANT):
        return ""
    caught = found.counted - len(found.survivors)
    parts = [f"{caught} of {found.counted} caught ({percent(1 - found.survival)})"]
    parts += _some(len(found.survivors), "survives", "survive")
    unexplained = sum(not p.mark for p in found.survivors)
    parts[-1] += f" ({unexplained} unexplained)" if found.survivors and unexplained else ""
    parts += _some(sum(p.equivalent for p in found.of(Kind.MUTANT)), "marked equivalent")
    return "; ".join(parts)


def _broken(proofs: Sequence[Proof], problems: tuple[str, ...], advice: str) -> BrokenPromise:
    """Answers with the same problems, as one."""
    kind, names = proofs[0].kind.value, [proof.name for proof in proofs]
    title = f"{kind}{'s' if len(names) > 1 else ''} {', '.join(names)}" if names != [kind] else kind
    promises = {_promise(proof) for proof in proofs}
    return BrokenPromise(title, promises.pop() if len(promises) == 1 else "", problems, advice)


def _problems(proofs: Sequence[Proof]) -> tuple[str, ...]:
    """What was wrong with one answer on its seeds, each problem once."""
    seeds: dict[str, list[int]] = {}
    for proof in proofs:
        for problem in proof.problems:
            seeds.setdefault(problem, []).append(proof.seed)
    return tuple(f"{problem}{_on(found, len(proofs))}" for problem, found in seeds.items())


def _promise(proof: Proof) -> str:
    return "full marks" if proof.kind is Kind.REFERENCE else proof.promise


def _on(seeds: Sequence[int], tried: int) -> str:
    if tried == 1:
        return ""
    listed = ", ".join(str(seed) for seed in seeds[:5]) + (", …" if len(seeds) > 5 else "")
    return f" (on {count(len(seeds), 'seed')} of {tried}: {listed})"


def _advice(proof: Proof, exercise_of: Mapping[str, str]) -> str:
    if Outcome.BROKEN in proof.outcomes.values():
        return "A check that is broken has a bug of its own, or meets a value that it did not expect: mend it first."
    if Outcome.LOST in proof.outcomes.values():
        return "A check that is lost says nothing: mend what the machine lacks, and verify again."
    if proof.kind is Kind.SPECIMEN:
        lost = {exercise_of.get(check, "") for check, outcome in proof.outcomes.items() if outcome == Outcome.FAILED}
        if not proof.fails:
            return "Students who write it so would lose points: loosen the check, or mend the promise `# fails:`."
        if lost - set(proof.fails):
            return "It loses points elsewhere too: loosen that check, or name the exercise under `# fails:` as well."
        if lost == set(proof.fails):
            return "It is caught, with other words than promised: mend `# hint:`, `# says:` or `# reason:`."
        return "Sharpen a check until it fails, or mend the promise `# fails:`."
    if proof.kind is Kind.MUTANT and proof.equivalent:
        return "It is not equivalent: take that mark out of mutants.toml."
    return _ADVICE[proof.kind]


def _times(verified: Verification) -> tuple[CheckTime, ...]:
    references = verified.of(Kind.REFERENCE)
    longest = [
        CheckTime(check, max((p.times[check.name] for p in references if check.name in p.times), default=-1.0))
        for check in verified.checks
    ]
    return tuple(sorted((t for t in longest if t.seconds >= 0), key=lambda t: -t.seconds))
