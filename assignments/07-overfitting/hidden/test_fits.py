"""Least squares on two kinds of features, and the test error along the number of features."""

import torch
from autograder.checks import Failure, check, close, close_to, unchanged

WIDE = torch.float64


def powers(x, degree):
    return torch.stack([x**j for j in range(degree + 1)], dim=1)


def bends(x, knots):
    return torch.stack([torch.ones_like(x), x, *(torch.clamp(x - knot, min=0) for knot in knots)], dim=1)


def shortest(phi, y):
    return torch.linalg.pinv(phi) @ y


def penalised(phi, y, ridge):
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)


def well_conditioned(rng, n, p, most=50.0):
    """Random features whose singular values are not far apart, so that any way to solve gives the same digits."""
    while True:
        phi = rng.normal(n, p, dtype=WIDE)
        if torch.linalg.cond(phi) < most:
            return phi


def stretched(rng, n, p):
    """Random features whose singular values go from 1 down to 1e-5, as those of a polynomial of high degree do."""
    left, _, right = torch.linalg.svd(rng.normal(n, p, dtype=WIDE), full_matrices=False)
    return left * torch.logspace(0, -5, min(n, p), dtype=WIDE) @ right


def recognise(got, want, mistakes):
    """Fail with the words of the first mistake that explains a wrong value."""
    if got == close(want):
        return
    for value, words in mistakes:
        if got == close(value):
            raise Failure(words)


@check(
    "curve_fitting",
    points=1.5,
    hint="Column j of the powers is x**j, from j = 0 to degree itself. The ReLU features are ones, x, and one "
    "column max(0, x - knot) for each knot.",
)
def test_features_of_any_points(student, rng):
    for n, degree in ((1, 0), (5, 0), (4, 3), (3, 7), (rng.size(6, 12), rng.size(2, 5)), (2, 2)):
        for dtype in (torch.float32, WIDE):
            x = rng.uniform(n, low=-1.4, high=1.4, dtype=dtype)
            x[0] = 0
            with unchanged(x):
                got = student.polynomial_features(x, degree)
            assert got == close_to(lambda t: powers(t, degree), x)
    for n, k in ((1, 0), (6, 0), (5, 1), (4, 4), (rng.size(6, 9), rng.size(2, 5)), (2, 7)):
        for dtype in (torch.float32, WIDE):
            x, knots = rng.normal(n, dtype=dtype), rng.normal(k, dtype=dtype)
            if k:
                x[0] = knots[0]
            with unchanged(x, knots):
                got = student.relu_features(x, knots)
            assert got == close_to(bends, x, knots)


@check(
    "curve_fitting",
    points=2,
    hint="With ridge 0: torch.linalg.pinv(phi) @ y, which is the shortest solution for every shape, also where "
    "columns depend on each other. Else solve (phi.T @ phi + ridge * I) theta = phi.T @ y, with every coefficient "
    "penalised.",
)
def test_fits_of_any_shape(student, rng):
    few, many = rng.size(3, 6), rng.size(11, 16)
    for n, p in ((many, few), (few, many), (1, 4), (4, 1), (1, 1), (few, few)):
        phi, y = well_conditioned(rng, n, p), rng.normal(n, dtype=WIDE)
        with unchanged(phi, y):
            got = student.fit(phi, y)
        assert got == close_to(shortest, phi, y)
        for ridge in (0.01, 0.7, 1, 300.0):
            got = student.fit(phi, y, ridge=ridge)
            if n > 1 and p > 1:
                recognise(
                    got,
                    penalised(phi, y, ridge),
                    (
                        (shortest(phi, y), "The ridge makes no difference to your fit."),
                        (penalised(phi, y, ridge * n), "The penalty is n times too large: the errors are summed."),
                        (penalised(phi, y, ridge / n), "The penalty is n times too small: the errors are summed."),
                        (penalised(phi, y, ridge**2), "The ridge was squared."),
                        (penalised(phi, y, 2 * ridge), "The penalty is twice what it should be."),
                        (penalised(phi, y, ridge / 2), "The penalty is half of what it should be."),
                    ),
                )
            assert got == close_to(lambda a, b: penalised(a, b, ridge), phi, y)
    for n, p in ((many, few), (few, many)):
        phi, y = well_conditioned(rng, n, p), rng.normal(n, dtype=WIDE)
        twice = torch.cat([phi, phi[:, :2]], dim=1)
        assert student.fit(twice, y) == close_to(shortest, twice, y)
    for n, p in ((many, few), (few, many)):
        phi = stretched(rng, n, p)
        y = phi @ rng.normal(p, dtype=WIDE)
        assert student.fit(phi, y) == close_to(shortest, phi, y), (
            "Wrong where some directions of phi are far longer than others, as for a polynomial of high degree. "
            "phi.T @ phi squares that, and half of the digits are lost: without a ridge, work on phi itself."
        )
    phi, y = well_conditioned(rng, many, few).float(), rng.normal(many)
    assert student.fit(phi, y, 0.5) == close_to(lambda a, b: penalised(a, b, 0.5), phi, y)
    assert student.fit(phi, y) == close_to(shortest, phi, y)


@check(
    "curve_fitting",
    points=1.5,
    hint="Fit targets that are 0 but for a 1 at point i; the largest absolute value of that curve on the grid, a "
    "Python float.",
)
def test_sensitivity_of_each_point(student, rng):
    for n, p, g in ((7, 3, 20), (4, 9, 5), (5, 5, 1), (1, 2, 3)):
        phi, phi_grid = well_conditioned(rng, n, p), rng.normal(g, p, dtype=WIDE)
        moves = (phi_grid @ torch.linalg.pinv(phi)).abs()
        for i in range(n):
            with unchanged(phi, phi_grid):
                got = student.sensitivity(phi, phi_grid, i)
            if type(got) is not float:
                raise Failure("sensitivity gives a Python float: .item() takes it out of its tensor.", "wrong_type")
            assert got == close(float(moves[:, i].max()), rtol=1e-7)
    single = well_conditioned(rng, 6, 3).float()
    moves = (single @ torch.linalg.pinv(single)).abs()
    assert student.sensitivity(single, single, 2) == close(float(moves[:, 2].max()), rtol=1e-4)


def errors(x, y, x_test, y_test, W, sizes, ridge):
    train, test = [], []
    for p in sizes:
        phi, phi_test = ((part @ W[:, :p]).clamp(min=0) / p**0.5 for part in (x, x_test))
        theta = shortest(phi, y) if ridge == 0 else penalised(phi, y, ridge)
        error = float((phi @ theta - y).square().mean())
        train.append(0.0 if error < 1e-9 else error)  # no training error: what is left is rounding
        test.append(float((phi_test @ theta - y_test).square().mean()))
    return train, test


def problem(rng, n, d, m, most):
    """A regression of which no size makes an ill-conditioned fit."""
    while True:
        x, x_test, W = (rng.normal(*shape, dtype=WIDE) for shape in ((n, d), (m, d), (d, most)))
        values = [torch.relu(x @ W[:, :p]) for p in (1, n // 2, n, 2 * n, most)]
        if all(torch.linalg.cond(phi) < 1e3 for phi in values):
            return x, rng.normal(n, dtype=WIDE), x_test, rng.normal(m, dtype=WIDE), W


def lists_of_floats(result, count):
    pair = type(result) in (tuple, list) and len(result) == 2
    if not pair or not all(type(part) in (tuple, list) and len(part) == count for part in result):
        raise Failure("descent_curve gives two lists, (train, test), with one error for each of sizes.", "wrong_type")
    if not all(type(error) is float for part in result for error in part):
        raise Failure("The errors are Python floats: .item() takes a number out of its tensor.", "wrong_type")
    return [[0.0 if abs(error) < 1e-9 else error for error in part] for part in result]


@check(
    "double_descent",
    points=2,
    hint="For each p: relu(inputs @ W[:, :p]) / sqrt(p) for both sets, fit on the training set, mean squared "
    "errors on both. The p columns are always the first ones, and sizes come in any order.",
)
def test_errors_at_sizes_in_any_order(student, rng):
    for n, d, m in ((8, 6, 20), (rng.size(9, 12), 8, 7), (6, 9, 1)):
        most = 5 * n
        data = problem(rng, n, d, m, most)
        for sizes in ([n // 2, 2 * n, n, most], [most, 1], [n], [2 * n, 2 * n, 1]):
            with unchanged(*data):
                train, test = lists_of_floats(student.descent_curve(*data, sizes), len(sizes))
            want_train, want_test = errors(*data, sizes, 0)
            if len(set(sizes)) > 2 and sorted(test) == close(sorted(want_test), rtol=1e-6):
                assert test == close(want_test, rtol=1e-6), "The errors are not in the order of sizes."
            if m > 1 and test == close([m * error for error in want_test], rtol=1e-6):
                raise Failure("The test errors are sums, not means.")
            if any(want_train) and train == close([error**0.5 for error in want_train], rtol=1e-6):
                raise Failure("These are roots of the mean squared errors. Leave the root out.")
            assert test == close(want_test, rtol=1e-6), "The test errors are not those of the shortest fit."
            assert train == close(want_train, rtol=1e-6), "The training errors are wrong."


@check(
    "double_descent",
    points=1,
    hint="Divide the features by sqrt(p), hand ridge on to fit, and leave the penalty out of both errors.",
)
def test_errors_with_a_ridge(student, rng):
    for n, d, m in ((8, 6, 20), (rng.size(9, 12), 8, 7)):
        data = problem(rng, n, d, m, 5 * n)
        sizes = [2 * n, n, 1, 5 * n]
        for ridge in (0.02, 0.5, 3.0):
            train, test = lists_of_floats(student.descent_curve(*data, sizes, ridge=ridge), len(sizes))
            want_train, want_test = errors(*data, sizes, ridge)
            free = errors(*data, sizes, 0)[1]
            if test == close(free, rtol=1e-6):
                raise Failure("The ridge changes nothing: hand it on to fit.")
            assert test == close(want_test, rtol=1e-6), "With a ridge the test errors are wrong. Features / sqrt(p)?"
            assert train == close(want_train, rtol=1e-6), "With a ridge the training errors are wrong."
