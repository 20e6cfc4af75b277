"""What the author of a check imports. A leaf: torch, numpy and pytest only, nothing else of autograder."""

from autograder.checks import explain
from autograder.checks.beside import current_builder, on, remote
from autograder.checks.comparison import Close, close
from autograder.checks.failure import Failure, StudentError, student_error
from autograder.checks.forbidden import forbid
from autograder.checks.gradients import gradcheck, same_gradients
from autograder.checks.metrics import accuracy, below, between, episode_return, nll, perplexity, rmse
from autograder.checks.mutation import unchanged
from autograder.checks.reading import source_of
from autograder.checks.record import Record
from autograder.checks.required import require
from autograder.checks.rng import Rng
from autograder.checks.score import Measured, Score
from autograder.checks.spec import CheckSpec, check

__all__ = [
    "CheckSpec",
    "Close",
    "Failure",
    "Measured",
    "Record",
    "Rng",
    "Score",
    "StudentError",
    "accuracy",
    "below",
    "between",
    "check",
    "close",
    "current_builder",
    "episode_return",
    "explain",
    "forbid",
    "gradcheck",
    "nll",
    "on",
    "perplexity",
    "remote",
    "require",
    "rmse",
    "same_gradients",
    "source_of",
    "student_error",
    "unchanged",
]
