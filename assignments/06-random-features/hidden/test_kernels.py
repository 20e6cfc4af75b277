"""Ridge regression in both forms, the kernels of random features, and the exponent of a power law."""

import math

import numpy as np
import torch
from autograder.checks import Failure, any_layout, check, close, unchanged

SIZES = ((12, 3), (12, 3), (5, 9), (6, 6), (1, 4), (1, 1), (30, 1), (2, 2), (40, 25))
"""Examples and features."""


def problem(rng, n, k):
    """Features and targets whose means are far from zero."""
    Phi = rng.normal(n, k, dtype=torch.float64) + 3 * rng.normal(1, k, dtype=torch.float64)
    return Phi, rng.normal(n, dtype=torch.float64) + 4


def ridge(Phi, t, lam, penalised=0.0, scale=1.0):
    """(w, c) as the least squares solution of the equations with the penalty's rows below them."""
    n, k = Phi.shape
    rows = torch.cat([Phi, torch.ones(n, 1, dtype=Phi.dtype)], 1)
    penalty = torch.diag(torch.tensor([(lam * scale) ** 0.5] * k + [penalised * lam**0.5], dtype=Phi.dtype))
    solution = torch.linalg.lstsq(
        torch.cat([rows, penalty]), torch.cat([t, torch.zeros(k + 1, dtype=t.dtype)])[:, None], driver="gelsd"
    ).solution[:, 0]
    return solution[:k], solution[k]


def pair(got, words):
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise Failure(f"The result should be a pair: {words}.", "wrong_type")
    return got


def told(got, Phi, t, lam):
    """Fail with the words for a mistake that is known."""
    n = len(t)
    mistakes = (
        (ridge(Phi, t, lam, penalised=1.0), "The constant c is penalised too. Centre features and targets first."),
        (ridge(Phi, t, lam, scale=n), "The penalty counts N times: the first term is a sum over examples, not a mean."),
        (ridge(Phi, t, lam, scale=lam), "lam is squared, or used twice."),
    )
    for wrong, words in mistakes:
        if got == close(wrong, rtol=1e-6):
            raise Failure(words)


@check(
    "ridge",
    points=2,
    hint="Centre Phi and t, solve (centred.T @ centred + lam * I) w = centred.T @ centred_t; then "
    "c = mean(t) - mean(Phi) . w.",
)
def test_the_primal_equations(student, rng):
    for n, k in SIZES:
        Phi, t = problem(rng, n, k)
        for lam in (0.3, 1.0, 40.0):
            want = ridge(Phi, t, lam)
            with unchanged(Phi, t):
                got = pair(student.ridge_fit(Phi, t, lam), "(w, c)")
            if n > 1 and lam == 0.3 and not tuple(got) == close(want, rtol=1e-6):
                told(got, Phi, t, lam)
            assert got[0] == close(want[0], rtol=1e-6, magnitude=t.abs().max())
            assert got[1] == close(want[1], rtol=1e-6, magnitude=t.abs().max())
    Phi, t = problem(rng, 15, 4)
    w, c = student.ridge_fit(Phi, t, 0.7)
    higher = student.ridge_fit(Phi, t + 5, 0.7)
    assert (higher[0], higher[1] - 5) == close((w, c), rtol=1e-6), "Targets 5 higher should give the same w, and c + 5."
    turned = student.ridge_fit(Phi.T.contiguous().T, t.repeat_interleave(2)[::2], 0.7)
    assert tuple(turned) == close(ridge(Phi, t, 0.7), rtol=1e-6), (
        "Features that are transposed in memory give other weights."
    )


@check(
    "ridge",
    points=2,
    hint="Solve N + 1 equations: [[K + lam * I, 1], [1^T, 0]] times (alpha, c) is (t, 0). Leave K itself as it is.",
)
def test_the_dual_equations(student, rng):
    for n, k in SIZES:
        Phi, t = problem(rng, n, k)
        K = Phi @ Phi.T
        for lam in (0.3, 1.0, 40.0):
            w, c = ridge(Phi, t, lam)
            alpha = (t - Phi @ w - c) / lam
            with unchanged(K, t):
                got = pair(student.kernel_ridge_fit(K, t, lam), "(alpha, c)")
            assert got[0] == close(alpha, rtol=1e-6, magnitude=100 * t.abs().max())
            assert got[1] == close(c, rtol=1e-6, magnitude=100 * t.abs().max())
    for n in (1, 2, 20):  # a kernel whose features nobody has
        X, t = rng.normal(n, 2, dtype=torch.float64), rng.normal(n, dtype=torch.float64) + 2
        K = torch.exp(-torch.cdist(X, X))
        alpha, c = pair(student.kernel_ridge_fit(K, t, 0.5), "(alpha, c)")
        assert alpha.shape == t.shape and c.shape == (), "alpha has shape (N,) and c has shape ()."
        left = K @ alpha + 0.5 * alpha + c
        assert left == close(t, rtol=1e-6), "(K + lam I) alpha + c is not t."
        assert float(alpha.sum().abs()) < 1e-8, "The alphas do not add up to zero: the last equation is missing."
    strided = student.kernel_ridge_fit(K.repeat_interleave(2, 1)[:, ::2], t.repeat_interleave(2)[::2], 0.5)
    assert tuple(strided) == close((alpha, c), rtol=1e-6), "Laid out otherwise in memory, K gives another solution."


def angles(X, Z):
    """Angles of all pairs by the lengths of sum and difference of unit vectors, which is exact near 0 too."""
    a, b = (torch.nn.functional.normalize(torch.nn.functional.pad(A, (0, 1), value=1.0), dim=1) for A in (X, Z))
    difference = (a[:, None] - b[None]).norm(dim=2)
    total = (a[:, None] + b[None]).norm(dim=2)
    return 2 * torch.atan2(difference, total)


def pairs_of_points(rng):
    for n, p, d in (
        (7, 4, 2),
        (1, 5, 3),
        (6, 1, 1),
        (4, 4, 4),
        (3, 3, 1),
        (1, 1, 2),
        (rng.size(5, 9), rng.size(10, 15), 6),
    ):
        yield rng.normal(n, d, dtype=torch.float64), rng.normal(p, d, dtype=torch.float64) + 0.3


@check(
    "kernels",
    points=1.5,
    hint="Append a 1 to each point, divide by the length, clamp the cosine into [-1, 1], and take 1 - 2 * acos / pi.",
)
def test_sign_kernel_of_all_pairs(student, rng):
    for X, Z in pairs_of_points(rng):
        for size in (1.0, 0.05, 30.0):
            with unchanged(X, Z):
                got = student.sign_kernel(size * X, size * Z)
            assert got == close(1 - 2 * angles(size * X, size * Z) / math.pi, atol=1e-7)
    X = rng.normal(150, 3, dtype=torch.float64)
    for points in (X, 1000 * X, 1e-4 * X, torch.zeros(2, 3, dtype=torch.float64)):
        got = student.sign_kernel(points, points)
        assert bool(got.isfinite().all()), (
            "The kernel is NaN for some equal points: rounding makes a cosine a hair larger than 1, whose arccosine is "
            "NaN. clamp(-1, 1) comes first."
        )
        assert float(got.abs().max()) <= 1, "The kernel lies in [-1, 1]."
        ones = torch.ones(len(points), dtype=torch.float64)
        assert got.diagonal() == close(ones, atol=1e-6), "The kernel of a point with itself is 1."
    assert any_layout(student.sign_kernel, rng.normal(4, 3, dtype=torch.float64), rng.normal(5, 3, dtype=torch.float64))


@check(
    "kernels",
    points=1.5,
    hint="exp(-||x - z||^2 / (2 sigma^2)): squared distance (no root), a minus, twice sigma squared, one entry "
    "for each pair.",
)
def test_rbf_kernel_of_all_pairs(student, rng):
    for X, Z in pairs_of_points(rng):
        for sigma in (1.0, 0.4, 3.5):
            with unchanged(X, Z):
                got = student.rbf_kernel(X, Z, sigma)
            want = torch.stack([torch.exp(-0.5 * ((x - Z) / sigma).square().sum(1)) for x in X])
            assert got == close(want)
    assert any_layout(student.rbf_kernel, *(rng.normal(n, 3, dtype=torch.float64) for n in (4, 5)), 0.8)


@check(
    "loglog_slope",
    points=1.5,
    hint="A least-squares line through all points (log n, log error): covariance divided by the variance of log n.",
)
def test_the_exponent_of_a_power_law(student, rng):
    def slope(sizes, errors):
        got = student.loglog_slope(sizes, errors)
        if type(got) is not float:
            raise Failure("The slope should be a plain float of Python: .item() of a tensor.", "wrong_type")
        return got

    for exponent in (-0.5, -2.0, -1.0, 0.0, 1.5):
        sizes = [4, 8, 16, 32, 64]
        for factor in (0.7, 7e-10, 7e10):
            errors = [factor * n**exponent for n in sizes]
            assert slope(sizes, errors) == close(exponent, atol=2e-5), (
                "The slope of an exact power law is not its exponent. Is anything added to the errors, or rounded?"
            )
    for count in (2, 3, 5, rng.size(6, 12)):
        order = rng.permutation(count).tolist()
        sizes = [int(10 + 17 * i**2 + rng.size(0, 9)) for i in order]
        noise = rng.normal(count, dtype=torch.float64).exp().tolist()
        errors = [3e-3 * n**-0.7 * factor for n, factor in zip(sizes, noise)]
        want = float(np.polyfit(np.log(sizes), np.log(errors), 1)[0])
        assert slope(sizes, errors) == close(want, rtol=1e-4, atol=1e-5), (
            "With errors that scatter the slope is not the least-squares one: do all points count, in both logarithms?"
        )
        assert slope([float(n) for n in sizes], errors) == close(want, rtol=1e-4, atol=1e-5)
