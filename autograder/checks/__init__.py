"""What the author of a check imports. A leaf: torch, numpy and pytest only, nothing else of autograder."""

from autograder.checks import explain
from autograder.checks.beside import current_builder, on, remote
from autograder.checks.cells.cell import cell
from autograder.checks.cells.examples import examples
from autograder.checks.comparing.comparison import Close, close
from autograder.checks.comparing.conditioning import close_to
from autograder.checks.comparing.finite import finite_like
from autograder.checks.failure import Failure, StudentError, student_error
from autograder.checks.properties.dependence import batch_independent, causal
from autograder.checks.properties.forall import holds_for_all
from autograder.checks.properties.gradients import gradcheck, gradgradcheck, same_gradients
from autograder.checks.properties.inputs import any_batch_size, any_layout, follows_input
from autograder.checks.properties.invariance import (
    Change,
    affine,
    equivariant,
    invariant,
    not_affine,
    permute,
    scale,
    shift,
)
from autograder.checks.properties.modes import modes, same_mode
from autograder.checks.properties.mutation import unchanged
from autograder.checks.properties.parameters import gradients_reach, parameter_gradients
from autograder.checks.properties.randomness import no_global_randomness, seeded
from autograder.checks.properties.stability import stable
from autograder.checks.properties.strategies import any_shape, labels, tensors
from autograder.checks.record import Record
from autograder.checks.rng import Rng
from autograder.checks.score import Measured, Score
from autograder.checks.spec import CheckSpec, check
from autograder.checks.structure.budgets import layers, parameter_count, within
from autograder.checks.structure.forbidden import forbid
from autograder.checks.structure.growth import vectorised
from autograder.checks.structure.reading import source_of
from autograder.checks.structure.required import require
from autograder.checks.structure.tracing import Trace, trace
from autograder.checks.structure.training import TrainingLog
from autograder.checks.trained.budget import Budget
from autograder.checks.trained.metrics import accuracy, below, between, episode_return, nll, perplexity, rmse
from autograder.checks.trained.retraining import retrained, second_chance
from autograder.checks.trained.submitted import load_weights, weights

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
    "cell",
    "check",
    "close",
    "close_to",
    "current_builder",
    "episode_return",
    "equivariant",
    "examples",
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
