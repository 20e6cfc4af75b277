"""Accuracy as a count, and why it has no gradient."""

import torch
import torch.nn.functional as F
from autograder.checks import Failure, any_layout, check, close, unchanged


@check(
    "accuracy_sum",
    points=1,
    hint="argmax goes along the classes (axis=1). Along the examples it gives one number per class; only where "
    "there are "
    "as many examples as classes does that not raise an error.",
)
def test_accuracy_counts_in_every_shape(student, rng):
    n = rng.size(3, 7)
    for size, classes in ((1, 4), (9, 2), (n, n), (n, n), (12, 5), (3, 11), (5, 1), (1, 1), (400, 3)):
        logits, labels = rng.normal(size, classes) - 3, rng.integers(0, classes, (size,))
        agree = rng.integers(0, 2, (size,)).bool()
        labels = torch.where(agree, logits.argmax(1), labels)
        only_largest = logits.where(logits == logits.amax(1, keepdim=True), -torch.inf)
        for scores in (logits, 1000 * logits, logits.double(), only_largest):
            with unchanged(scores, labels):
                got = student.accuracy_sum(scores, labels)
            assert got == close((scores.argmax(1) == labels).sum())
        if classes > 1:  # a second score that is hardly below the largest is no guess
            nearly, second = logits.clone(), (logits.argmax(1) + 1) % classes
            nearly[torch.arange(size), second] = logits.amax(1) - 1e-4
            assert student.accuracy_sum(nearly, second) == close(torch.tensor(0))
        assert student.accuracy_sum(logits, logits.argmax(1)) == close(torch.tensor(size))
        assert student.accuracy_sum(logits.clone().requires_grad_(), logits.argmin(1)) == close(
            torch.tensor(size if classes == 1 else 0)
        )
    assert any_layout(student.accuracy_sum, rng.normal(5, 3), rng.integers(0, 3, (5,)))


@check(
    "accuracy_sum",
    points=1,
    hint="Return the count of a batch (an integer tensor). Fractions of batches of different sizes cannot be averaged.",
)
def test_counts_of_batches_add_up(student, rng):
    logits, labels = rng.normal(67, 3), rng.integers(0, 3, (67,))
    right = int((logits.argmax(1) == labels).sum())
    parts = [student.accuracy_sum(*part) for part in zip(logits.split(32), labels.split(32))]
    for part in parts:
        if not isinstance(part, torch.Tensor) or part.is_floating_point() or part.dtype == torch.bool:
            raise Failure(
                "accuracy_sum returns a 0-d int64 tensor, a count. `.sum()` of booleans is one.", "wrong_type"
            )
    total = sum(int(part) for part in parts)
    assert total == right, "The counts of the batches do not add up to the count of the whole set."


SIZES = ((30, 4, 3), (30, 4, 3), (1, 4, 3), (20, 6, 2), (5, 5, 5), (40, 3, 7))
"""Examples, features, classes."""


def problem(rng, size=30, features=4, classes=3, dtype=torch.float64):
    """W, x, y, D: of the examples whose guess changes along D, most are right at W + D and wrong at W - D."""
    W, D = rng.normal(features, classes, dtype=dtype), rng.normal(features, classes, dtype=dtype)
    x = rng.normal(size, features, dtype=dtype)
    agree = rng.uniform(size) < 0.8
    y = torch.where(agree, (x @ (W + D)).argmax(1), rng.integers(0, classes, (size,)))
    return W, x, y, D


def pair(got, words):
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise Failure(f"The result should be a pair: {words}.", "wrong_type")
    return got


@check(
    "accuracy_gradient",
    points=1,
    hint="Centred: (f(W + eps D) - f(W - eps D)) / (2 eps), for the fraction of right guesses and for the mean "
    "cross-entropy. "
    "For a step large enough to change guesses the slope of accuracy is not zero.",
)
def test_slopes_by_finite_differences(student, rng):
    plans = [(sizes, eps, torch.float64) for sizes in SIZES for eps in (1e-4, 0.3, 1.0)]
    for sizes, eps, dtype in (*plans, (SIZES[0], 0.5, torch.float32), (SIZES[-1], 1.0, torch.float32)):
        W, x, y, D = problem(rng, *sizes, dtype)
        W.requires_grad_(eps == 0.3)
        with unchanged(W, x, y, D):
            got = pair(student.finite_slopes(W, x, y, D, eps), "(slope of accuracy, slope of the loss)")
        if not all(isinstance(slope, float) for slope in got):
            raise Failure(
                "The slopes are two Python floats: take them out of their tensors with .item().", "wrong_type"
            )

        def values(weights):
            logits = x @ weights
            return float((logits.argmax(1) == y).double().mean()), float(F.cross_entropy(logits, y))

        up, down = values(W.detach() + eps * D), values(W.detach() - eps * D)
        want = tuple((a - b) / (2 * eps) for a, b in zip(up, down))
        assert got == close(want, magnitude=1 / eps)


@check(
    "accuracy_gradient",
    points=1,
    hint="argmax and == cut the graph, so autograd has no gradient of accuracy: return None for it. Zeros would "
    "claim that "
    "somebody computed it.",
)
def test_accuracy_has_no_gradient(student, rng):
    for sizes in SIZES:
        for needs_gradient in (False, True):
            W, x, y, _ = problem(rng, *sizes)
            W.requires_grad_(needs_gradient)
            got = pair(student.autograd_gradients(W, x, y), "(gradient of accuracy, gradient of the loss)")
            assert got[0] is None, (
                "The first of the pair should be None: ask the accuracy's own `requires_grad` instead of making a "
                "gradient up."
            )


@check(
    "accuracy_gradient",
    points=1,
    hint="Differentiate the mean cross-entropy with respect to a copy: W.detach().clone().requires_grad_().",
)
def test_gradient_of_the_loss_beside_it(student, rng):
    for sizes, dtype in (*((sizes, torch.float64) for sizes in SIZES), (SIZES[0], torch.float32)):
        W, x, y, _ = problem(rng, *sizes, dtype)
        wanted = W.clone().requires_grad_()
        F.cross_entropy(x @ wanted, y).backward()
        for needs_gradient in (False, True, True):
            mine = W.clone().requires_grad_(needs_gradient)
            if needs_gradient:
                mine.grad = torch.ones_like(mine)
            with unchanged(mine, x, y):
                got = pair(student.autograd_gradients(mine, x, y), "(gradient of accuracy, gradient of the loss)")
            assert got[1] == close(wanted.grad, magnitude=1.0)
            if needs_gradient and not mine.grad.equal(torch.ones_like(mine)):
                raise Failure(
                    "The caller's W.grad was changed: backward() adds to it. Work on a copy of W.", "mutated_input"
                )
