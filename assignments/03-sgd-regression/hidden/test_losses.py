"""Squared and absolute error, their gradients, their minimisers, and the likelihood behind the squares."""

import math

import torch
import torch.nn.functional as F
from autograder.checks import (
    Failure,
    any_layout,
    check,
    close,
    close_to,
    follows_input,
    forbid,
    gradcheck,
    same_gradients,
    unchanged,
    vectorised,
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
    "hessian",
    "linearize",
    "make_dual",
)
DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def problems(rng):
    """(w, b, X, y) of several shapes: one example, one feature, as many of both, many examples."""
    n = rng.size(3, 6)
    for count, features in ((7, 3), (n, n), (1, 4), (5, 1), (1, 1), (3, 8), (60, 5)):
        yield rng.normal(features), rng.normal(1)[0], rng.normal(count, features), 2 * rng.normal(count)


def by_autograd(loss):
    """(loss, gw, gb) of loss(prediction, y), from autograd."""

    def loss_and_grad(w, b, X, y):
        w, b = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
        value = loss(X @ w + b, y)
        return value.detach(), *torch.autograd.grad(value, (w, b))

    return loss_and_grad


def recognise(got, want, mistakes):
    """Fail with the words of the first mistake that explains a wrong value; a mistake may be right by chance."""
    if got == close(want):
        return
    for value, words in mistakes:
        if got == close(value):
            raise Failure(words)


def triple(got, w, dtype):
    """The student's (loss, gw, gb), or a Failure that says what came instead."""
    if type(got) not in (tuple, list) or len(got) != 3:
        raise Failure("Three things come back: (loss, gw, gb).", "wrong_type")
    return tuple(got)


def surface(slopes, intercepts, x, y):
    rows = [torch.stack([F.mse_loss(slope * x + intercept, y) for intercept in intercepts]) for slope in slopes]
    return torch.stack(rows)


@check(
    "loss_surface",
    points=2,
    hint="Three dimensions: (A, 1, 1) for slopes, (B, 1) for intercepts, (N,) for x and y. The mean is over the last "
    "one, so that [i, j] is left. No loop over any of the three.",
)
def test_surface_of_any_grid(student, rng):
    n = rng.size(3, 6)
    for a, b, count in ((4, 5, 7), (n, n, n), (1, 3, 4), (3, 1, 4), (5, 2, 1), (1, 1, 1), (2, 7, 40)):
        slopes, intercepts, x, y = rng.normal(a), 1 + rng.normal(b), rng.normal(count), 3 * rng.normal(count)
        with unchanged(slopes, intercepts, x, y):
            got = student.loss_surface(slopes, intercepts, x, y)
        want = surface(slopes, intercepts, x, y)
        recognise(
            got,
            want,
            (
                (want * count, "This is the sum over the examples. A loss is their mean."),
                (want.sqrt(), "This is the root of the mean squared error. Leave the root out."),
                (want.T, "Entry [i, j] belongs to slopes[i] and intercepts[j]: the two are exchanged."),
            ),
        )
        assert got == close_to(surface, slopes, intercepts, x, y)
    wide = [rng.normal(size, dtype=torch.float64) for size in (3, 4, 5, 5)]
    assert student.loss_surface(*wide) == close(surface(*wide))
    assert any_layout(lambda s: student.loss_surface(s, intercepts, x, y), rng.normal(6))
    forbid(student, "loss_surface", "loop", "vectorize")
    vectorised(
        student,
        "loss_surface",
        lambda size: (rng.normal(size), rng.normal(3), rng.normal(4), rng.normal(4)),
        reference=lambda s, i, x, y: (s[:, None, None] * x + i[:, None] - y).square().mean(-1),
    )


@check(
    "mse_loss_and_grad",
    points=2,
    hint="Residual = prediction - truth. loss = mean(r²), gw = 2 X.T @ r / N, gb = 2 mean(r). A sign? The 2? The 1/N?",
)
def test_mse_and_its_gradient(student, rng):
    forbid(student, "mse_loss_and_grad", *AUTOGRAD)
    for w, b, X, y in problems(rng):
        with unchanged(w, b, X, y):
            got = triple(student.mse_loss_and_grad(w, b, X, y), w, X.dtype)
        loss, gw, gb = by_autograd(F.mse_loss)(w, b, X, y)
        if len(X) > 1:
            recognise(
                got[1:],
                (gw, gb),
                (
                    ((-gw, -gb), "Both gradients have the wrong sign: the residual is prediction minus truth."),
                    ((gw / 2, gb / 2), "The 2 from differentiating the square is missing in both gradients."),
                    ((gw * len(X), gb * len(X)), "Both gradients are sums over the examples. Divide by N."),
                    ((gw, gb * len(X)), "The gradient for b is a sum over the examples. It is a mean, as that of w."),
                    ((gw * len(X), gb), "The gradient for w is a sum over the examples. Divide by N."),
                ),
            )
        assert got == close_to(by_autograd(F.mse_loss), w, b, X, y)
    w, b, X, y = (part.double() for part in (w, b, X, y))
    assert student.mse_loss_and_grad(w, b, X, y) == close(by_autograd(F.mse_loss)(w, b, X, y))
    X, w = rng.integers(-3, 4, (6, 2)).float(), rng.integers(-3, 4, (2,)).float()
    fitted = student.mse_loss_and_grad(w, torch.tensor(1.0), X, X @ w + 1)
    assert fitted == close((torch.tensor(0.0), torch.zeros(2), torch.tensor(0.0)))


@check(
    "mse_loss_and_grad",
    points=1,
    hint="Compare y.shape with (N,), that is X.shape[:1], before you compute anything, and raise ValueError.",
)
def test_mse_refuses_targets_of_another_shape(student, rng):
    w, b, X, y = rng.normal(3), rng.normal(1)[0], rng.normal(4, 3), rng.normal(4)
    student.mse_loss_and_grad(w, b, X, y)
    for wrong in (y[:, None], y[None], y[:1], y[:3], y[0], rng.normal(3)):
        try:
            student.mse_loss_and_grad(w, b, X, wrong)
        except ValueError:
            continue
        raise Failure(
            f"Targets of shape {tuple(wrong.shape)} for four examples were accepted without a ValueError: broadcasting "
            "then makes a loss out of numbers that do not belong together."
        )
    one = rng.normal(1, 3)
    try:
        student.mse_loss_and_grad(w, b, one, y[:1, None])
    except ValueError:
        return
    raise Failure("Targets of shape (1, 1) for one example were accepted without a ValueError. They should be (1,).")


@check(
    "outliers",
    points=1,
    hint="Squared error: the mean. Absolute error: the median, as many values above as below; for an even number any "
    "value between the two in the middle.",
)
def test_constants_are_the_best(student, rng):
    for count in (9, 1, 2, 3, 4, 10, 31):
        y = 3 * rng.normal(count) + 5
        far = y.clone()
        far[rng.size(0, count - 1)] = 1e5
        few = rng.integers(0, 3, (count,)).float()
        for values in (y, far, few, y.double(), -y):
            with unchanged(values):
                got = student.best_constants(values)
            if type(got) not in (tuple, list) or len(got) != 2:
                raise Failure("best_constants returns two numbers: (c_squared, c_absolute).", "wrong_type")
            squared, absolute = got
            assert squared == close(values.mean(), terms=max(count, 16))
            ordered = values.sort().values
            low, high = ordered[(count - 1) // 2], ordered[count // 2]
            inside = absolute == close(low) or absolute == close(high)
            if not inside and absolute == close((low + high) / 2):
                inside = True
            elif not inside:
                between = absolute == close(absolute.detach().clamp(low, high)) if absolute.shape == () else False
                inside = between and absolute.dtype == values.dtype
            if not inside and absolute == close(values.mean()):
                raise Failure(
                    "The second constant is the mean as well. It minimises squared errors, not absolute ones."
                )
            assert inside, (
                "The second constant is not between the two values in the middle: moving it towards them would make "
                "the mean absolute error smaller. Or it is no 0-d tensor of y's dtype."
            )


@check(
    "outliers",
    points=2,
    hint="The derivative of |r| is the sign of r, which does not depend on how large r is; times x for w. Both are "
    "means over the N examples.",
)
def test_mae_and_its_gradient(student, rng):
    forbid(student, "mae_loss_and_grad", *AUTOGRAD)
    for w, b, X, y in problems(rng):
        with unchanged(w, b, X, y):
            got = triple(student.mae_loss_and_grad(w, b, X, y), w, X.dtype)
        loss, gw, gb = by_autograd(F.l1_loss)(w, b, X, y)
        if len(X) > 1:
            recognise(
                got[1:],
                (gw, gb),
                (
                    ((-gw, -gb), "Both gradients have the wrong sign: the residual is prediction minus truth."),
                    ((gw * len(X), gb * len(X)), "Both gradients are sums over the examples. Divide by N."),
                    ((2 * gw, 2 * gb), "There is a 2 too many: it belongs to squares."),
                ),
            )
        assert got == close_to(by_autograd(F.l1_loss), w, b, X, y)
    w, b, X, y = (part.double() for part in (w, b, X, y))
    assert student.mae_loss_and_grad(w, b, X, y) == close(by_autograd(F.l1_loss)(w, b, X, y))
    X, w = rng.integers(-3, 4, (6, 2)).float(), rng.integers(-3, 4, (2,)).float()
    y = X @ w + 1
    fitted = student.mae_loss_and_grad(w, torch.tensor(1.0), X, y)
    assert fitted == close((torch.tensor(0.0), torch.zeros(2), torch.tensor(0.0))), (
        "Where the prediction is exact the gradient should be 0 (and not -1, 1 or NaN)."
    )
    small = X @ w + 1 + 2.0**-10 * torch.tensor([1.0, -1.0, 0.0, 1.0, 1.0, 0.0])
    got = student.mae_loss_and_grad(w, torch.tensor(1.0), X, small)
    signs = torch.tensor([-1.0, 1.0, 0.0, -1.0, -1.0, 0.0])
    assert got == close((torch.tensor(2.0**-10 * 4 / 6), X.T @ signs / 6, signs.mean()), magnitude=1.0), (
        "A residual of a thousandth counts as much as a large one: its sign is all that matters."
    )
    y[2] -= 4  # the one example with a residual
    got = student.mae_loss_and_grad(w, torch.tensor(1.0), X, y)
    assert got == close((torch.tensor(4 / 6), X[2] / 6, torch.tensor(1 / 6))), (
        "Examples with a residual of 0 add nothing to the gradient, and are still counted in N."
    )


def normal_nll(y, mu, sigma):
    return -torch.distributions.Normal(mu, sigma).log_prob(y).mean()


NLL = ("gaussian_nll_loss", "GaussianNLLLoss", "distributions", "Normal", "log_prob", "logpdf")


@check(
    "gaussian_nll",
    points=1,
    hint="(y - mu)² / (2 sigma²), averaged, plus log(sigma), plus log(2 pi) / 2. sigma is a standard deviation: its "
    "square is the variance.",
)
def test_nll_is_that_of_a_gaussian(student, rng):
    forbid(student, "gaussian_nll", *NLL)
    for shape in ((6,), (1,), (3, 2), (2, 2, 2), (50,), (4, 1), ()):
        y, mu = 2 * rng.normal(*shape), rng.normal(*shape)
        for sigma in (1.0, 0.37, 2.6, 40.0, 1e-3, 2):
            with unchanged(y, mu):
                got = student.gaussian_nll(y, mu, sigma)
            want = normal_nll(y, mu, sigma)
            half_mse, log_sigma = F.mse_loss(mu, y) / (2 * sigma**2), math.log(sigma)
            constant = math.log(2 * math.pi) / 2
            recognise(
                got,
                want,
                (
                    (half_mse + log_sigma, "The last term is missing, half the log of 2 pi."),
                    (half_mse + constant, "The term log(sigma) is missing."),
                    (half_mse + 2 * log_sigma + constant, "The log is of the variance: one log(sigma) too many."),
                    (half_mse * sigma + log_sigma / 2 + constant, "You took sigma for the variance. Square it."),
                    (-want, "The sign is flipped: the loss is minus the log-likelihood."),
                ),
            )
            assert got == close_to(normal_nll, y, mu, sigma)
    assert student.gaussian_nll(y.double(), mu.double(), 0.7) == close(
        normal_nll(y.double(), mu.double(), 0.7), rtol=1e-6, atol=1e-6
    )


@check(
    "gaussian_nll",
    points=1,
    hint="The gradient for mu is that of the squared error, divided by 2 sigma²: stay within torch. And do not compute "
    "the density first: far from mu it is 0, and its log -inf.",
)
def test_nll_far_away_and_its_gradient(student, rng):
    forbid(student, "gaussian_nll", *NLL)
    y = rng.normal(5, dtype=torch.float64)
    for sigma in (0.5, 3.0):
        mu = rng.normal(5, dtype=torch.float64, requires_grad=True)
        assert gradcheck(lambda m: student.gaussian_nll(y, m, sigma), mu)
    y, mu = rng.normal(4, 3), 1000 * rng.normal(4, 3)
    assert same_gradients(lambda m: student.gaussian_nll(y, m, 0.1), lambda m: normal_nll(y, m, 0.1), mu)
    assert any_layout(lambda m: student.gaussian_nll(y, m, 2.0), mu)


@check(
    "gaussian_nll",
    points=1,
    hint="Solve nll = mse / (2 sigma²) + log(sigma) + log(2 pi) / 2 for mse. Its minimum over sigma lies where mse = "
    "sigma².",
)
def test_nll_and_mse_are_one(student, rng):
    for shape in ((6,), (3, 4), (2,), (1,)):
        y, mu = 2 * rng.normal(*shape, dtype=torch.float64), rng.normal(*shape, dtype=torch.float64)
        mse = F.mse_loss(mu, y)
        for sigma in (1.0, 0.3, 2.5):
            nll = normal_nll(y, mu, sigma)
            assert student.mse_from_nll(nll, sigma) == close(mse, rtol=1e-5)
            assert student.mse_from_nll(nll.item(), sigma) == close(mse.item())
        nll = normal_nll(y, y + 0.05 * (mu - y), 0.06)  # below zero: the density is above one
        assert student.mse_from_nll(nll, 0.06) == close(0.05**2 * mse, rtol=1e-4, magnitude=1.0)
        got = student.best_sigma(y, mu)
        if not isinstance(got, float):
            raise Failure("best_sigma gives a Python float: .item() takes it out of its tensor.", "wrong_type")
        recognise(
            got,
            mse.sqrt().item(),
            (
                (mse.item(), "This is the variance. sigma is its root."),
                ((y - mu).abs().mean().item(), "This is the mean absolute error, which is best for Laplace noise."),
            ),
        )
        assert got == close(mse.sqrt().item())
        assert student.best_sigma(y.float(), mu.float()) == close(mse.sqrt().item(), rtol=1e-4)
