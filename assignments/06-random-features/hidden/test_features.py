"""Features that are not learned: collapsed layers, features made by hand, random signs and cosines, their drawing."""

import math

import numpy as np
import torch
from autograder.checks import (
    Failure,
    any_layout,
    check,
    close,
    close_to,
    follows_input,
    forbid,
    no_global_randomness,
    seeded,
    unchanged,
)

WIDTHS = ((3, 4), (2, 2, 2), (3, 3, 3, 3, 3), (1, 6, 1), (5, 1, 4), (2, 7, 3, 1), (1, 1, 1), (4, 2, 2, 5, 3, 6))


def whole(layers):
    """What a stack does to zero is b, and what it does to each unit vector, less b, is a column of W."""

    def through(columns):
        for W, b in layers:
            columns = W @ columns + b[:, None]
        return columns

    d = layers[0][0].shape[1]
    b = through(torch.zeros(d, 1, dtype=layers[0][0].dtype))
    return through(torch.eye(d, dtype=b.dtype)) - b, b[:, 0]


def pair(got, words):
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise Failure(f"The result should be a pair: {words}.", "wrong_type")
    return got


@check(
    "collapse_linear",
    points=2,
    hint="Each further layer multiplies from the left: W = W_next @ W and b = W_next @ b + b_next. The constants of "
    "the earlier layers go through the later ones as well.",
)
def test_one_layer_does_what_the_stack_does(student, rng):
    for widths in (*WIDTHS, (2, *(rng.size(1, 5) for _ in range(rng.size(1, 6))))):
        for dtype in (torch.float32, torch.float64):
            layers = [
                (rng.normal(o, i, dtype=dtype), rng.normal(o, dtype=dtype)) for i, o in zip(widths[:-1], widths[1:])
            ]
            want = whole([(W.double(), b.double()) for W, b in layers])
            sizes = whole([(W.double().abs(), b.double().abs()) for W, b in layers])  # nothing cancels there
            with unchanged(*(tensor for layer in layers for tensor in layer)):
                got = pair(student.collapse_linear(layers), "(W, b)")
            for mine, right, size in zip(got, want, sizes):
                assert mine == close(right.to(dtype), magnitude=size.abs().max())


def five_features(X):
    x1, x2 = X.unbind(1)
    r = x1.square() + x2.square()
    return torch.column_stack((x1, x2, x1 * x2, r, torch.maximum(r - 0.6, 0.6 - r)))


@check("handmade", points=1, hint="Five columns in the order of the text; the last one is never negative.")
def test_features_of_random_points(student, rng):
    for n in (1, 2, 5, rng.size(6, 60)):
        X = 1.5 * rng.normal(n, 2)
        with unchanged(X):
            got = student.handmade(X)
        assert got == close_to(five_features, X)
    assert follows_input(student.handmade, rng.normal(3, 2))
    assert any_layout(student.handmade, rng.normal(5, 2))
    X = rng.normal(7, 2, dtype=torch.float64)
    assert student.handmade(X) == close(five_features(X))


def points_near_borders(rng, task):
    """Points of the plane, half of them near the task's border, and the classes of all that are not on it."""
    X = 2.5 * rng.uniform(3000, 2, low=-1, high=1, dtype=torch.float64)
    angle, step = rng.uniform(1000, high=2 * math.pi, dtype=torch.float64), 1e-3 * rng.normal(1000, dtype=torch.float64)
    for radius in (0.3**0.5, 0.6**0.5, 0.9**0.5):
        X = torch.cat([X, torch.stack([angle.cos(), angle.sin()], 1) * (radius + step)[:, None]])
    X = torch.cat([X, torch.stack([step, angle - 3], 1), torch.stack([angle - 3, step], 1)])
    r = X.square().sum(1)
    margin = {"xor": -X.prod(1), "circle": 0.6 - r, "ring": 0.3 - (r - 0.6).abs()}[task]
    sure = margin.abs() > 1e-7
    return X[sure], margin[sure] > 0


@check(
    "handmade",
    points=1,
    hint="One feature decides each task. Write its condition as 'something > 0', and read weight and constant off. "
    "Anything but the three names is a ValueError.",
)
def test_weights_solve_their_tasks(student, rng):
    for task in ("xor", "circle", "ring"):
        w, c = pair(student.handmade_weights(task), "(w, c)")
        if not isinstance(w, torch.Tensor) or w.dtype != torch.float64 or tuple(w.shape) != (5,):
            raise Failure("w should be a float64 tensor of shape (5,), one weight for each feature.", "wrong_type")
        if isinstance(c, bool) or not isinstance(c, float | int):
            raise Failure("c should be a Python float.", "wrong_type")
        X, positive = points_near_borders(rng, task)
        guess = five_features(X) @ w.detach() + c > 0
        right = float((guess == positive).double().mean())
        if right < 0.01:
            raise Failure(f"On {task!r} the two classes are exchanged: class 1 must get the positive scores.")
        assert right == 1.0, (
            f"On {task!r} not all points are on the right side. Look at the task's definition: which feature decides "
            "it, with which sign, and where is the border?"
        )
    for unknown in ("XOR", "rings", "", "square"):
        try:
            student.handmade_weights(unknown)
        except ValueError:
            continue
        raise Failure("An unknown task got weights. Raise a ValueError for whatever is none of the three names.")


@check(
    "lecture_shapes",
    points=0.5,
    hint="(d, k) @ (d,) needs k == d: only a square M lets the line through.",
)
def test_when_the_printed_line_works(student, rng):
    pairs = [(d, k) for d in range(1, 6) for k in range(1, 6)]
    n = rng.size(6, 900)
    for d, k in (*pairs, (n, n), (n, n + 1), (n + 1, n), (2, 200), (1, n), (n, 1), (n, 2 * n)):
        got = student.printed_works(d, k)
        if not isinstance(got, bool | np.bool_):
            raise Failure("printed_works returns True or False.", "wrong_type")
        assert got == close(d == k), "Try torch.ones(d, k) @ torch.ones(d) for a few d and k."


@check(
    "lecture_shapes",
    points=1,
    hint="M @ x with x of shape (d,) gives k numbers when M is (k, d). The features of a batch have one row for each "
    "example.",
)
def test_the_mended_shapes(student, rng):
    for n, d, k in ((5, 2, 200), (1, 3, 3), (4, 4, 4), (7, 5, 1), (3, 1, 3), tuple(rng.size(6, 99) for _ in "ndk")):
        got = student.mended_shapes(n, d, k)
        if not isinstance(got, tuple | list) or len(got) != 4 or not all(isinstance(s, tuple | list) for s in got):
            raise Failure("mended_shapes gives four tuples: the shapes of M, b, phi(x) and phi(X).", "wrong_type")
        for name, mine, right in zip(("M", "b", "phi(x)", "phi(X)"), got, ((k, d), (k,), (k,), (n, k))):
            assert tuple(mine) == right, f"The shape of {name} is not the one with which sign(Mx + b) gives k features."


SIZES = ((9, 2, 5), (1, 3, 4), (6, 1, 2), (4, 4, 4), (5, 3, 5), (8, 2, 1), (3, 6, 40), (1, 1, 1))
"""Examples, their size, features."""


def eighths(rng, *shape, dtype=torch.float32):
    """Multiples of 1/8, so that sums of products are exact in every order, and zeros are frequent."""
    return (rng.integers(-6, 7, shape) / 8).to(dtype)


def sides(X, M, b):
    sums = (X[:, None, :] * M[None, :, :]).sum(2) + b
    return torch.where(sums < 0, -torch.ones_like(sums), torch.ones_like(sums))


@check(
    "rf_sign",
    points=2,
    hint="+1 where M[j] . X[n] + b[j] >= 0, also where it is exactly 0; else -1. Rows of the result are examples.",
)
def test_sides_of_random_lines(student, rng):
    n = rng.size(3, 8)
    for size, d, k in (*SIZES, (n, n, n)):
        for dtype in (torch.float32, torch.float64):
            X, M, b = (eighths(rng, *shape, dtype=dtype) for shape in ((size, d), (k, d), (k,)))
            for scale in (1.0, 2.0**-40, 2.0**40):
                with unchanged(X, M, b):
                    got = student.rf_sign(scale * X, M, scale * b)
                assert got == close(sides(X, M, b))
    X, M = eighths(rng, 6, 3), eighths(rng, 4, 3)
    on_the_line = -(X[2] * M).sum(1)
    assert student.rf_sign(X, M, on_the_line) == close(sides(X, M, on_the_line))
    for zero in (torch.zeros(4), -torch.zeros(4)):
        got = student.rf_sign(-torch.zeros(2, 3), M, zero)
        assert got == close(torch.ones(2, 4)), "At exactly 0, and at -0.0, the sign is +1 here. torch.sign gives 0."
    assert any_layout(student.rf_sign, X, M, eighths(rng, 4))


@check(
    "rf_sign",
    points=1,
    hint="Compare X.shape[1] with M.shape[1], and b.shape with (k,), before you compute: a b of shape (1,) or (N,) "
    "would broadcast, and an error of torch's is a RuntimeError.",
)
def test_shapes_that_do_not_fit_are_refused(student, rng):
    X, M, b = eighths(rng, 5, 3), eighths(rng, 7, 3), eighths(rng, 7)
    assert student.rf_sign(X, M, b) == close(sides(X, M, b))
    wrong = {
        "M of shape (d, k), as the notes print it": (X, M.T.contiguous(), b),
        "M with a column too many": (X, eighths(rng, 7, 4), b),
        "M with one column": (X, eighths(rng, 7, 1), b),
        "b of shape (1,)": (X, M, b[:1]),
        "b with one entry too few": (X, M, b[:6]),
        "b of shape (N,)": (X, M, eighths(rng, 5)),
        "b of shape (k, 1) with N = k": (eighths(rng, 7, 3), M, b[:, None]),
        "b of shape (1, k)": (X, M, b[None]),
        "b of shape (N, k)": (X, M, eighths(rng, 5, 7)),
        "b without a dimension": (X, M, b[0]),
        "X with a single dimension": (X[0], M, b),
        "X with three dimensions": (X[None], M, b),
        "M with a single dimension": (X, M[0], b),
    }
    for words, given in wrong.items():
        try:
            student.rf_sign(*given)
        except ValueError:
            continue
        except Exception as error:
            raise Failure(
                f"{words} ended in {str(error).split(':')[0]}. Look at the shapes first, and raise a ValueError."
            ) from None
        raise Failure(f"{words} was accepted without a word. Raise a ValueError.")


def off_uniform(levels):
    """The largest distance between the distribution of `levels` and the uniform one on [0, 1] (Kolmogorov-Smirnov)."""
    ordered = levels.flatten().sort().values
    steps = torch.arange(1, len(ordered) + 1, dtype=torch.float64) / len(ordered)
    return float((steps - ordered).abs().max())


def normal_levels(values):
    return 0.5 * (1 + torch.erf(values / math.sqrt(2)))


def correlation(a, b):
    return float(torch.corrcoef(torch.stack([a.flatten(), b.flatten()]))[0, 1].abs())


def drawn(student, *given):
    M, b = pair(student.make_rf(*given), "(M, b)")
    d, k = given[:2]
    for name, value, shape in (("M", M, (k, d)), ("b", b, (k,))):
        if not isinstance(value, torch.Tensor) or value.dtype != torch.float64:
            raise Failure(f"{name} should be a float64 tensor: say dtype=torch.float64 when you draw.", "wrong_type")
        assert value.shape == torch.Size(shape), f"{name} has shape {tuple(value.shape)} where {shape} is asked for."
        assert bool(value.isfinite().all()), f"{name} holds NaN or infinities."
    return M, b


@check(
    "make_rf",
    points=1.5,
    hint="M: torch.randn (standard normal, not torch.rand). b: torch.randn for 'sign', 2 * pi * torch.rand for 'cos'. "
    "One generator, seeded once, for both.",
)
def test_entries_have_the_right_distribution(student, rng):
    for kind in ("sign", "cos"):
        for d, k in ((1, 1), (3, 1), (1, 4), (4, 4), (rng.size(2, 6), rng.size(7, 30))):
            drawn(student, d, k, rng.seed(), kind)
        for d in (1, 2, 5):
            M, b = drawn(student, d, 8000, rng.seed(), kind)
            if kind == "sign":
                levels = normal_levels(b)
                assert off_uniform(levels) < 0.035, "For 'sign' the entries of b should be standard normal."
            else:
                levels = b / (2 * math.pi)
                in_range = 0 <= float(levels.min()) and float(levels.max()) < 1
                assert in_range, "For 'cos' the entries of b should lie in [0, 2 pi)."
                assert off_uniform(levels) < 0.035, "For 'cos' the entries of b should be uniform in [0, 2 pi)."
            words = "are not standard normal: far from 0 there are too few. Is anything cut off?"
            assert off_uniform(normal_levels(M)) < 0.035 * d**-0.5, "The entries of M are not standard normal."
            assert d < 5 or float(M.abs().max()) > 3.2, f"The entries of M {words}"
            assert kind == "cos" or float(b.abs().max()) > 3, f"The entries of b {words}"
            for one, what in ((M.flatten()[:8000], "M"), (M[:, -1], "M")):
                for related in (one, one.square(), normal_levels(one), one.cos()):
                    for other in (levels, levels.square(), (2 * math.pi * levels).cos()):
                        assert correlation(related, other) < 0.08, (
                            f"b depends on {what}: the generator was seeded a second time before b was drawn."
                        )
            shifted = M.flatten()
            assert correlation(shifted[1:], shifted[:-1]) < 0.08, "Neighbouring entries of M depend on each other."
            assert correlation(b[1:], b[:-1]) < 0.08, "Neighbouring entries of b depend on each other."
            for column in range(1, d):
                assert correlation(M[:, 0], M[:, column]) < 0.08, "Columns of M depend on each other."
            assert len(M.unique()) > 0.99 * M.numel(), "Many entries of M are equal: is a part repeated?"
    default = drawn(student, 2, 6, 3)
    assert default == close(drawn(student, 2, 6, 3, "sign")), "Without a kind, make_rf draws for kind='sign'."
    for unknown in ("cosine", "Sign", "", None):
        try:
            student.make_rf(2, 3, 0, unknown)
        except ValueError:
            continue
        raise Failure("An unknown kind was accepted. Raise a ValueError for whatever is neither 'sign' nor 'cos'.")


@check(
    "make_rf",
    points=1.5,
    hint="torch.Generator().manual_seed(seed) inside the function, and generator=... in each call that draws. "
    "torch.manual_seed changes the generator that the whole program shares.",
)
def test_draws_follow_from_the_seed_alone(student, rng):
    forbid(student, "make_rf", "lru_cache", "cache", why="The numbers are drawn anew in each call.")
    for kind in ("sign", "cos"):
        for step in (10**3, 10**4, 2**16, 2**20):
            assert not drawn(student, 3, 6, 5, kind) == close(drawn(student, 3, 6, 5 + step, kind)), (
                "Two seeds gave the same numbers: hand the seed itself to the generator, and no part of it."
            )
        for part in (0, 1):
            assert seeded(lambda seed: drawn(student, 3, 6, seed, kind)[part], rng)
        assert no_global_randomness(lambda: student.make_rf(3, 4, rng.seed(), kind))
        first = drawn(student, 3, 6, 2**31 - 1, kind)[0].clone()
        drawn(student, 3, 6, 5, kind)[0].zero_()  # what is handed out belongs to the caller
        assert not bool((drawn(student, 3, 6, 5, kind)[0] == 0).all()), (
            "A caller changed what make_rf gave, and the next call gave the changed tensor: draw anew in each call."
        )
        assert drawn(student, 3, 6, 2**31 - 1, kind)[0] == close(first), "The same seed gave other numbers."


def cosines(X, W, b, sigma):
    k = W.shape[0]
    return torch.cos((X[:, None, :] * W[None]).sum(2) / sigma + b) * (2 / k) ** 0.5


@check(
    "rf_cos",
    points=2,
    hint="sqrt(2 / k), k the number of rows of W; the product is divided by sigma, the phase b is not.",
)
def test_cosines_of_random_points(student, rng):
    n = rng.size(3, 8)
    for size, d, k in (*SIZES, (n, n, n)):
        for dtype in (torch.float32, torch.float64):
            X, W, b = rng.normal(size, d, dtype=dtype), rng.normal(k, d, dtype=dtype), 6 * rng.uniform(k, dtype=dtype)
            for sigma in (1.0, 0.4, 3.5):
                with unchanged(X, W, b):
                    got = student.rf_cos(X, W, b, sigma)
                assert got == close_to(cosines, X, W, b, sigma)
    assert any_layout(student.rf_cos, rng.normal(5, 3), rng.normal(4, 3), rng.normal(4), 2.0)
