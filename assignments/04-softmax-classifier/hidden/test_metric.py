"""Accuracy as a count, and why it has no gradient."""

import torch
import torch.nn.functional as F
from autograder.checks import Failure, check, close, unchanged


@check(
    "accuracy_sum",
    points=1,
    hint="argmax goes along the classes (axis=1). Along the examples it gives one number per class; only where "
    "there are "
    "as many examples as classes does that not raise an error.",
)
def test_accuracy_counts_in_every_shape(student, rng):
    n = rng.size(3, 7)
    for size, classes in ((1, 4), (9, 2), (n, n), (n, n), (12, 5), (3, 11)):
        logits, labels = rng.normal(size, classes) - 3, rng.integers(0, classes, (size,))
        agree = rng.integers(0, 2, (size,)).bool()
        labels = torch.where(agree, logits.argmax(1), labels)
        with unchanged(logits, labels):
            got = student.accuracy_sum(logits, labels)
        assert got == close((logits.argmax(1) == labels).sum())


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


def problem(rng, size=30, features=4, classes=3):
    W, D = rng.normal(features, classes, dtype=torch.float64), rng.normal(features, classes, dtype=torch.float64)
    return W, rng.normal(size, features, dtype=torch.float64), rng.integers(0, classes, (size,)), D


@check(
    "accuracy_gradient",
    points=1,
    hint="Centred: (f(W + eps D) - f(W - eps D)) / (2 eps), for the fraction of right guesses and for the mean "
    "cross-entropy. "
    "For a step large enough to change guesses the slope of accuracy is not zero.",
)
def test_slopes_by_finite_differences(student, rng):
    for eps in (1e-4, 0.3, 1.0):
        W, x, y, D = problem(rng)
        W.requires_grad_(eps == 0.3)
        with unchanged(W, x, y, D):
            got = student.finite_slopes(W, x, y, D, eps)

        def values(weights):
            logits = x @ weights
            return float((logits.argmax(1) == y).double().mean()), float(F.cross_entropy(logits, y))

        up, down = values(W.detach() + eps * D), values(W.detach() - eps * D)
        want = tuple((a - b) / (2 * eps) for a, b in zip(up, down))
        assert got == close(want, atol=1e-5)


@check(
    "accuracy_gradient",
    points=1,
    hint="argmax and == cut the graph, so autograd has no gradient of accuracy: return None for it. Zeros would "
    "claim that "
    "somebody computed it.",
)
def test_accuracy_has_no_gradient(student, rng):
    W, x, y, _ = problem(rng)
    got = student.autograd_gradients(W, x, y)
    assert got[0] is None, (
        "The first of the pair should be None: ask the accuracy's own `requires_grad` instead of making a gradient up."
    )


@check(
    "accuracy_gradient",
    points=1,
    hint="Differentiate the mean cross-entropy with respect to a copy: W.detach().clone().requires_grad_().",
)
def test_gradient_of_the_loss_beside_it(student, rng):
    for classes in (2, 3, 4):
        W, x, y, _ = problem(rng, features=4, classes=classes)
        wanted = W.clone().requires_grad_()
        F.cross_entropy(x @ wanted, y).backward()
        for needs_gradient in (False, True):
            mine = W.clone().requires_grad_(needs_gradient)
            with unchanged(mine, x, y):
                got = student.autograd_gradients(mine, x, y)
            assert got[1] == close(wanted.grad)
