"""What the author of a check imports. A leaf: torch, numpy and pytest only, nothing else of autograder."""

from autograder.checks import explain
from autograder.checks.beside import current_builder, on, remote
from autograder.checks.budget import Budget
from autograder.checks.budgets import layers, parameter_count, within
from autograder.checks.comparison import Close, close
from autograder.checks.conditioning import close_to
from autograder.checks.dependence import batch_independent, causal
from autograder.checks.failure import Failure, StudentError, student_error
from autograder.checks.finite import finite_like
from autograder.checks.forall import holds_for_all
from autograder.checks.forbidden import forbid
from autograder.checks.gradients import gradcheck, gradgradcheck, same_gradients
from autograder.checks.growth import vectorised
from autograder.checks.inputs import any_batch_size, any_layout, follows_input
from autograder.checks.invariance import Change, affine, equivariant, invariant, not_affine, permute, scale, shift
from autograder.checks.metrics import accuracy, below, between, episode_return, nll, perplexity, rmse
from autograder.checks.modes import modes, same_mode
from autograder.checks.mutation import unchanged
from autograder.checks.parameters import gradients_reach, parameter_gradients
from autograder.checks.randomness import no_global_randomness, seeded
from autograder.checks.reading import source_of
from autograder.checks.record import Record
from autograder.checks.required import require
from autograder.checks.retraining import retrained, second_chance
from autograder.checks.rng import Rng
from autograder.checks.score import Measured, Score
from autograder.checks.spec import CheckSpec, check
from autograder.checks.stability import stable
from autograder.checks.strategies import any_shape, labels, tensors
from autograder.checks.submitted import load_weights, weights
from autograder.checks.tracing import Trace, trace
from autograder.checks.training import TrainingLog

__all__ = [
    "Budget",
    "Change",
    "CheckSpec",
    "Close",
    "Failure",
    "Measured",
    "Record",
    "Rng",
    "Score",
    "StudentError",
    "Trace",
    "TrainingLog",
    "accuracy",
    "affine",
    "any_batch_size",
    "any_layout",
    "any_shape",
    "batch_independent",
    "below",
    "between",
    "causal",
    "check",
    "close",
    "close_to",
    "current_builder",
    "episode_return",
    "equivariant",
    "explain",
    "finite_like",
    "follows_input",
    "forbid",
    "gradcheck",
    "gradgradcheck",
    "gradients_reach",
    "holds_for_all",
    "invariant",
    "labels",
    "layers",
    "load_weights",
    "modes",
    "nll",
    "no_global_randomness",
    "not_affine",
    "on",
    "parameter_count",
    "parameter_gradients",
    "permute",
    "perplexity",
    "remote",
    "require",
    "retrained",
    "rmse",
    "same_gradients",
    "same_mode",
    "scale",
    "second_chance",
    "seeded",
    "shift",
    "source_of",
    "stable",
    "student_error",
    "tensors",
    "trace",
    "unchanged",
    "vectorised",
    "weights",
    "within",
]
