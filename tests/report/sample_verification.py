"""Made-up verifications: one that is green, one with every trouble there is, and one as large as they get."""

from __future__ import annotations

import random
from dataclasses import replace

from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification

HOSTILE = "<script>document.title='owned'</script>\x1b[31m\u202e"
DIFF = """--- solution
+++ mutant
@@ -3,4 +3,4 @@
 def softmax(x, dim):
     shifted = x - x.amax(dim, keepdim=True)
-    return shifted.exp() / shifted.exp().sum(dim, keepdim=True)
+    return shifted.exp() / shifted.exp().sum(dim + 1, keepdim=True)
"""
SUGGESTION = """[[survivor]]
exercise = "softmax"
before = "dim"
after = "dim + 1"
equivalent = false
why = ""
"""
EXERCISES = ("softmax", "cross_entropy", "train")
CHECKS = (
    CheckLine("public/test_a.py::test_softmax_of_one_row", "softmax", 1, True, 10, ("all zeros", "shifted by one")),
    CheckLine("hidden/test_a.py::test_softmax_of_huge_scores", "softmax", 2, False, 10),
    CheckLine("hidden/test_a.py::test_softmax_over_any_dimension", "softmax", 2, False, 10),
    CheckLine("hidden/test_a.py::test_loss_is_a_mean", "cross_entropy", 3, False, 10),
    CheckLine("hidden/test_a.py::test_training_generalises", "train", 4, False, 60),
)
ONE, HUGE, ANY, MEAN, TRAINS = (check.name for check in CHECKS)
FULL = sum(check.points for check in CHECKS)


def proof(kind: Kind, name: str, outcomes: dict[str, str], *, problems: tuple[str, ...] = (), seed: int = 0) -> Proof:
    """A proof whose points follow from its outcomes."""
    asked = [check for check in CHECKS if check.name in outcomes]
    return Proof(
        kind=kind,
        name=name,
        points=sum(check.points for check in asked if outcomes[check.name] == "passed"),
        max_points=sum(check.points for check in asked),
        seconds=1.5,
        promise="caught",
        problems=problems,
        seed=seed,
        outcomes=outcomes,
    )


def everything(outcome: str) -> dict[str, str]:
    """The same outcome of every check."""
    return {check.name: outcome for check in CHECKS}


def reference(seed: int) -> Proof:
    """The solution, with full marks."""
    times = {check.name: 0.02 * (index + 1) for index, check in enumerate(CHECKS)} | {TRAINS: 20.0 + seed}
    return replace(proof(Kind.REFERENCE, "reference", everything("passed"), seed=seed), times=times, seconds=24.2)


def specimen(name: str, fails: tuple[str, ...], *by: str, problems: tuple[str, ...] = ()) -> Proof:
    """A specimen that some checks fail."""
    found = proof(Kind.SPECIMEN, name, everything("passed") | dict.fromkeys(by, "failed"), problems=problems)
    promise = f"fails {', '.join(fails)}" if fails else "full marks"
    return replace(found, fails=fails, changes=fails, promise=promise, path=f"specimens/{name}.py")


def mutant(name: str, *by: str, exercise: str = "softmax", mark: str = "", equivalent: bool = False) -> Proof:
    """A mutant that some checks of its exercise fail."""
    own = {check.name: "passed" for check in CHECKS if check.exercise == exercise}
    found = proof(Kind.MUTANT, name, own | dict.fromkeys(by, "failed"))
    suggestion = "" if mark else SUGGESTION
    return replace(
        found, changes=(exercise,), diff=DIFF, mark=mark, equivalent=equivalent, suggestion=suggestion, promise="caught"
    )


def verification(*proofs: Proof, notes: tuple[str, ...] = (), most: float = 0.03) -> Verification:
    """All that was tried on the made-up assignment."""
    return Verification(
        assignment="04-softmax-classifier",
        title="A softmax classifier",
        version="c90bafac8379",
        seeds=20,
        most_survivors=most,
        checks=CHECKS,
        proofs=proofs,
        notes=notes,
        seconds=94.2,
        limit=300,
        exercises=EXERCISES,
    )


def green() -> Verification:
    """Nothing to complain about."""
    return verification(
        *(reference(seed) for seed in range(20)),
        proof(Kind.STUB, "stub", everything("failed")),
        specimen("softmax_no_maximum", ("softmax",), HUGE),
        specimen("softmax_wrong_dim", ("softmax",), ONE, ANY),
        specimen("loss_sum", ("cross_entropy",), MEAN),
        specimen("train_short", ("train",), TRAINS),
        specimen("right_einsum", ()),
        mutant("softmax: x.amax -> x.amin", HUGE),
        mutant("softmax: without keepdim", mark="the same for one row", equivalent=True),
    )


def troubled() -> Verification:
    """Every kind of trouble at once, with words that nobody should trust."""
    flaky = replace(
        proof(Kind.REFERENCE, "reference", everything("passed") | {TRAINS: "failed"}, seed=7),
        problems=(f"{TRAINS}: 2 of 4: below_threshold: accuracy 0.93 {HOSTILE}",),
    )
    stub = proof(Kind.STUB, "stub", everything("failed") | {ONE: "passed"}, problems=("the stub gets 1 of 12 points",))
    liar = ("softmax: promised to lose points, and got all 5", f"no failed check says {HOSTILE!r}; they say []")
    strict = (f"cross_entropy: promised full marks, and lost 3 at {MEAN} (the values are wrong {HOSTILE})",)
    broken = (f"{HUGE}: broken: NameError: name 'torhc' is not defined",)
    return verification(
        *(reference(seed) for seed in range(6)),
        flaky,
        stub,
        specimen("softmax_liar" + HOSTILE, ("softmax",), problems=liar),
        specimen("softmax_no_maximum", ("softmax",), HUGE, ANY),
        specimen("softmax_wrong_dim", ("softmax",), ANY),
        replace(specimen("right_strict", (), MEAN, problems=strict), changes=("cross_entropy",)),
        replace(specimen("softmax_odd", ("softmax",), ANY, problems=broken), outcomes={HUGE: "broken", ANY: "failed"}),
        mutant("softmax: dim -> dim + 1" + HOSTILE),
        mutant("softmax: sum -> mean", mark="Nobody would notice: the next line divides by it."),
        mutant("softmax: without amax", HUGE, ANY),
        mutant("softmax: without keepdim", mark="the same for one row", equivalent=True),
        notes=("mutants.toml: no mutant is `mean` -> `sum` any more",),
    )


def large(exercises: int = 11, checks: int = 45, answers: int = 250) -> Verification:
    """As many checks and answers as a large assignment has."""
    draw = random.Random(4)
    names = [f"exercise_{n}" for n in range(exercises)]
    lines = tuple(
        CheckLine(
            f"hidden/test_x.py::test_{names[n % exercises]}_keeps_its_promise_number_{n}",
            names[n % exercises],
            2,
            n % 6 == 0,
            10,
        )
        for n in range(checks)
    )
    proofs = []
    for n in range(answers):
        exercise = names[n % exercises]
        own = [check.name for check in lines if check.exercise == exercise]
        outcomes = {name: draw.choice(["passed", "failed"]) for name in own}
        if n % 40 == 0:
            outcomes = dict.fromkeys(own, "passed")
        caught = "failed" in outcomes.values()
        kind = Kind.SPECIMEN if n % 2 else Kind.MUTANT
        name = f"{exercise}_wrong_in_way_{n}" if n % 2 else f"{exercise}: x.sum(dim) -> x.mean(dim) {n}"
        found = Proof(kind, name, 0 if caught else 2, 2, 0.1, "caught", (), outcomes=outcomes, changes=(exercise,))
        proofs.append(
            replace(found, fails=(exercise,) if n % 2 else (), diff=DIFF, suggestion="" if n % 2 else SUGGESTION)
        )
    whole = [
        replace(found, outcomes={check.name: "passed" for check in lines}, times={check.name: 0.01 for check in lines})
        for found in (reference(seed) for seed in range(20))
    ]
    return replace(
        verification(*whole, *proofs),
        assignment="99-large",
        checks=lines,
        exercises=tuple(names),
        title="As large as they get",
    )
