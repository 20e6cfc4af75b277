"""The proof of an assignment's checks, before it is released."""

from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification
from autograder.grading.verify.run import verify

__all__ = ["CheckLine", "Kind", "Proof", "Verification", "verify"]
