"""The proof of an assignment's checks, before it is released."""

from autograder.grading.verify.plan import MOST_SURVIVORS, MUTANTS_PER_EXERCISE, Plan, plan_verification
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification
from autograder.grading.verify.run import conclude, verify

__all__ = [
    "MOST_SURVIVORS",
    "MUTANTS_PER_EXERCISE",
    "CheckLine",
    "Kind",
    "Plan",
    "Proof",
    "Verification",
    "conclude",
    "plan_verification",
    "verify",
]
