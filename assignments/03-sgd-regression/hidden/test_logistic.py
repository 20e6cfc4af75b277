"""Logistic regression in two conventions, its gradient, and a training judged by held-out tumours."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import (
    Failure,
    Score,
    accuracy,
    any_layout,
    check,
    close,
    forbid,
    gradcheck,
    nll,
    remote,
    same_gradients,
    second_chance,
    unchanged,
)

DATA = Path(__file__).parent / "data" / "cancer.npz"
READY_MADE = (
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "BCELoss",
    "BCEWithLogitsLoss",
    "soft_margin_loss",
    "SoftMarginLoss",
    "multilabel_soft_margin_loss",
    "MultiLabelSoftMarginLoss",
    "cross_entropy",
    "CrossEntropyLoss",
    "nll_loss",
    "NLLLoss",
)
CLASSIFIERS = (
    *("LogisticRegression", "LogisticRegressionCV", "SGDClassifier", "LinearDiscriminantAnalysis", "LinearSVC", "SVC"),
    *("RidgeClassifier", "RidgeClassifierCV", "Perceptron", "MLPClassifier", "PassiveAggressiveClassifier"),
    *("scipy.optimize.minimize", "scipy.optimize.fmin_l_bfgs_b", "scipy.optimize.fmin_bfgs", "lstsq"),
)
AUTOGRAD = (
    "backward",
    "grad",
    "autograd",
    "requires_grad_",
    "value_and_grad",
    "grad_and_value",
    "jacobian",
    "jacrev",
    "jacfwd",
    "vjp",
    "jvp",
)


def two_classes(rng):
    """(beta, X, y) of several shapes; labels of one class only as well."""
    n = rng.size(3, 6)
    for count, features in ((7, 3), (n, n), (1, 4), (5, 1), (1, 1), (3, 8), (80, 4)):
        yield rng.normal(features), rng.normal(count, features), rng.integers(0, 2, (count,))
    for label in (0, 1):
        yield rng.normal(3), 2 * rng.normal(5, 3), torch.full((5,), label)


def standard(beta, X, y):
    return F.binary_cross_entropy_with_logits(X @ beta, y.to(X.dtype))


def slide(beta, X, y):
    return F.binary_cross_entropy_with_logits(X @ beta, 1 - y.to(X.dtype))


CONVENTIONS = (("logistic_loss_slide", slide), ("logistic_loss", standard))


@check(
    "logistic_loss",
    points=2,
    hint="Slides: sign +1 for class 0 and -1 for class 1. Standard: the other way round. Loss: the mean of "
    "softplus(-sign * score).",
)
def test_both_conventions(student, rng):
    for name, want in CONVENTIONS:
        loss_of = getattr(student, name)
        forbid(student, name, *READY_MADE)
        for beta, X, y in two_classes(rng):
            with unchanged(beta, X, y):
                got = loss_of(beta, X, y)
            expected = want(beta, X, y)
            if not got == close(expected, magnitude=1.0) and len(X) > 1:
                if got == close(want(-beta, X, y), magnitude=1.0):
                    raise Failure(
                        f"`{name}` has the sign of the other convention. Put y = 0 and y = 1 into its formula: which "
                        "class does a large positive score make probable?"
                    )
                if got == close(expected * len(X)):
                    raise Failure(f"`{name}` is a sum over the examples. Take the mean.")
                if got == close(-expected):
                    raise Failure(f"`{name}` is the mean log-probability. The loss is minus that.")
            assert got == close(expected, magnitude=1.0)
        beta, X = beta.double(), X.double()
        assert loss_of(beta, X, y) == close(want(beta, X, y))
        assert any_layout(lambda X: loss_of(beta, X, y), X)


@check(
    "logistic_loss",
    points=1,
    hint="log(sigmoid(s)) is -inf at s = -200 in float32, exp(200) is infinite, and an epsilon or a clamp gives a "
    "wrong loss. F.softplus(-s) is right everywhere.",
)
def test_losses_at_large_scores(student, rng):
    for name, want in CONVENTIONS:
        loss_of = getattr(student, name)
        forbid(student, name, *READY_MADE)
        for size in (30.0, 100.0, 1e4):
            X = size * rng.uniform(6, 1, low=0.9, high=1.1) * torch.tensor([[1.0], [-1.0]] * 3)
            for labels in (torch.zeros(6), torch.ones(6), rng.integers(0, 2, (6,))):
                y = labels.long()
                assert same_gradients(
                    lambda beta: loss_of(beta, X, y),
                    lambda beta: want(beta, X, y),
                    torch.tensor([1.0]),
                    magnitude=float(X.abs().max()),
                )
                for one in range(6):
                    got = loss_of(torch.tensor([1.0]), X[one : one + 1], y[one : one + 1])
                    assert got == close(want(torch.tensor([1.0]), X[one : one + 1], y[one : one + 1]), magnitude=1.0)


@check(
    "logistic_loss",
    points=1,
    hint="Stay within torch: .item(), float() and numpy cut the gradient to beta.",
)
def test_losses_have_gradients(student, rng):
    for name, want in CONVENTIONS:
        loss_of = getattr(student, name)
        for beta, X, y in two_classes(rng):
            X = X.double()  # a small loss is what is left of larger numbers
            assert same_gradients(lambda t: loss_of(t, X, y), lambda t: want(t, X, y), beta.double())
        X, y = rng.normal(6, 3, dtype=torch.float64), rng.integers(0, 2, (6,))
        assert gradcheck(lambda t: loss_of(t, X, y), rng.normal(3, dtype=torch.float64).requires_grad_())


@check(
    "logistic_loss",
    points=1,
    hint="sigmoid(-s) = 1 - sigmoid(s). On the slides a positive score makes class 0 the more probable one.",
)
def test_translation_and_prediction(student, rng):
    for beta, X, y in two_classes(rng):
        with unchanged(beta, X):
            translated, guesses = student.to_slide(beta), student.predict_slide(beta, X)
        recognised = translated == close(beta)
        assert not recognised, "to_slide gives beta back as it is: with it, the slides' formula exchanges the classes."
        assert translated == close(-beta)
        assert slide(translated, X, y) == close(standard(beta, X, y), magnitude=1.0)
        want = ((X @ beta) < 0).long()
        if guesses == close(1 - want):
            raise Failure("The classes are exchanged: sigmoid(x @ beta) is the probability of class 0 on the slides.")
        assert guesses == close(want)
    X = rng.normal(9, 3)
    assert student.predict_slide(1e-3 * X[0], X[1:]) == close((X[1:] @ X[0] < 0).long())
    assert student.predict_slide(1e3 * X[0], X[1:]) == close((X[1:] @ X[0] < 0).long())
    wide = rng.normal(3, dtype=torch.float64)
    assert student.to_slide(wide) == close(-wide)


def by_autograd(w, b, X, y):
    w, b = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
    loss = F.binary_cross_entropy_with_logits(X @ w + b, y.to(X.dtype))
    return loss.detach(), *torch.autograd.grad(loss, (w, b))


@check(
    "logistic_gradient",
    points=2,
    hint="p - y for each example, with p = sigmoid(score) the probability of class 1: times x for w, both averaged "
    "over the examples. The loss by softplus, never by the log of p.",
)
def test_logistic_gradient_is_autograds(student, rng):
    forbid(student, "logistic_loss_and_grad", *AUTOGRAD, *READY_MADE)
    for w, X, y in two_classes(rng):
        b = rng.normal(1)[0]
        for inputs in ((w, b, X, y), (w.double(), b.double(), X.double(), y)):
            with unchanged(*inputs):
                got = student.logistic_loss_and_grad(*inputs)
            if type(got) not in (tuple, list) or len(got) != 3:
                raise Failure("Three things come back: (loss, gw, gb).", "wrong_type")
            loss, gw, gb = by_autograd(*inputs)
            wrong = len(X) > 1 and not tuple(got[1:]) == close((gw, gb), magnitude=1.0)
            if wrong:
                for value, words in (
                    ((-gw, -gb), "Both gradients have the wrong sign: it is probability minus label."),
                    ((2 * gw, 2 * gb), "There is a 2 too many: it belongs to squares."),
                    ((len(X) * gw, len(X) * gb), "Both gradients are sums over the examples. Divide by N."),
                ):
                    if tuple(got[1:]) == close(value, magnitude=1.0):
                        raise Failure(words)
            assert tuple(got) == close((loss, gw, gb), magnitude=1.0)
    for size in (100.0, 1e4):
        X = size * rng.uniform(6, 1, low=0.9, high=1.1) * torch.tensor([[1.0], [-1.0]] * 3)
        for y in (torch.zeros(6).long(), torch.ones(6).long(), rng.integers(0, 2, (6,))):
            for some in (slice(None), slice(0, 1), slice(1, 2)):
                inputs = torch.tensor([1.0]), torch.tensor(0.5), X[some], y[some]
                loss, gw, gb = by_autograd(*inputs)
                assert tuple(student.logistic_loss_and_grad(*inputs)) == close((loss, gw, gb), magnitude=1.0)


def disguised(rng):
    """The tumours with features reordered, some with the other sign, and perhaps with the classes exchanged; rows in
    another order. A logistic regression notices nothing of it."""
    with np.load(DATA) as arrays:
        stored = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    columns = rng.permutation(stored["x_train"].shape[1])
    signs = 1 - 2 * rng.integers(0, 2, (len(columns),))
    exchanged = int(rng.integers(0, 2, (1,)))
    rows = rng.permutation(len(stored["x_train"]))
    inputs = [(stored[name][:, columns] * signs).contiguous() for name in ("x_train", "x_held")]
    labels = [stored[name].long() for name in ("y_train", "y_held")]
    labels = [1 - y if exchanged else y for y in labels]
    return inputs[0][rows], labels[0][rows], inputs[1], labels[1]


def trained(student, X, y, seed):
    """(w, b, losses) as a check can use them, or a Failure that says what came instead."""
    result = student.train(X, y, seed)
    if type(result) not in (tuple, list) or len(result) != 3:
        raise Failure("train returns three things: (w, b, losses).", "wrong_type")
    w, b, losses = result
    for name, value, shape in (("w", w, (X.shape[1],)), ("b", b, ())):
        if not isinstance(value, torch.Tensor) or tuple(value.shape) != shape or not value.is_floating_point():
            raise Failure(f"{name} should be a float tensor of shape {shape}.", "wrong_type")
        if not bool(value.isfinite().all()):
            raise Failure(f"{name} is not finite: did the training diverge? Try a smaller learning rate.", "not_finite")
    if type(losses) not in (tuple, list) or len(losses) < 2 or not all(isinstance(loss, float) for loss in losses):
        raise Failure(
            "losses should be a list of Python floats, the mean loss of each epoch, at least two.", "wrong_type"
        )
    return w.detach().float(), b.detach().float(), losses


@check(
    "train",
    points=3,
    seconds=60,
    hint="sgd_fit with logistic_loss_and_grad, lr=0.1, batches of 32, 30 epochs. Accuracy near .4: are the classes "
    "exchanged, or does the loss rise? Near .92 with a large loss: too few epochs, or too small a learning rate.",
)
def test_weights_judge_held_out_tumours(student, rng, record):
    forbid(student, "train", *CLASSIFIERS)
    X, y, held_X, held_y = disguised(rng)

    def attempt(seed):
        w, b, losses = trained(student, X, y, seed)
        record.series("training loss", losses)
        scores = held_X @ w + b
        logits = torch.stack([torch.zeros_like(scores), scores], dim=1)
        return Score.worst(
            accuracy(logits.argmax(1), held_y, full=0.94, half=0.90, resolution=0.001),
            nll(logits, held_y, full=0.13, half=0.25),
        )

    return second_chance(attempt, rng, margin=1)


@check(
    "train",
    points=1,
    seconds=60,
    hint="Hand the seed on to sgd_fit, and train anew on X and y in every call.",
)
def test_the_seed_decides_the_training(student, rng):
    X, y, _, _ = disguised(rng)
    X, y = X[:200], y[:200]
    seed = rng.seed() // 2
    with unchanged(X, y):
        w, b, losses = trained(student, X, y, seed)
    remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
    again = trained(student, X, y, seed)
    others = [trained(student, X, y, seed + step)[0] for step in (1, 1000, 2**20)]
    elsewhere = trained(student, -X[:100], y[:100], seed)[0]
    drawn = rng.integers(0, 2, (100,))
    *found, drawn_losses = trained(student, X[:100], drawn, seed)
    assert (w, b) == close(again[:2]), (
        "The same seed gave two different results: a random number comes from somewhere else than the seed."
    )
    assert not any(w == close(other, rtol=1e-6) for other in others), (
        "Two seeds gave the same weights: the seed is not used, or another one is fixed inside train."
    )
    assert not w == close(elsewhere, rtol=1e-3), "Other training data gave the same weights: train on X and y."
    for values, (w, b, x, labels) in ((losses, (w, b, X, y)), (drawn_losses, (*found, X[:100], drawn))):
        reached = float(F.binary_cross_entropy_with_logits(x @ w + b, labels.float()))
        assert 0.4 * reached - 0.05 < values[-1] < 3 * reached + 0.2, (
            "The last epoch's loss is far from the loss that the weights have on their training data. Is it measured "
            "in training, as the mean over the examples?"
        )
        assert min(values) > 0, "A loss is below zero, where the logistic loss never is."
    assert losses[-1] < losses[0], "The last epoch's loss is not below the first one's: it does not learn."
    assert 0 < losses[0] < 4, (
        "The first of the losses is not the mean loss of a first epoch: before any training it is log(2). Is it a sum?"
    )
