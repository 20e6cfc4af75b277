"""Hidden checks of dot_ops, linear and mse."""

import torch

from autograder.checks import any_layout, check, close, forbid, unchanged

DOT = ("loop", "@", "dot", "vdot", "vecdot", "inner", "einsum", "tensordot", "linear", "bilinear", "addmm", "addmv")
DOT += ("baddbmm", "addbmm", "outer", "ger", "multi_dot", "chain_matmul", "cosine_similarity", "cdist")
DOT += ("correlate", "convolve", "sumprod")
CONVOLUTIONS = ("conv1d", "conv2d", "conv3d")  # which do a whole layer, or a dot product, for an image of one pixel


@check("dot_ops", points=1.5, hint="Multiply pairwise, then sum over everything; check signs, length 1 and the dtype.")
def test_dot_ops_of_any_length_and_dtype(student, rng):
    for n in (1, 2, rng.size(3, 50), 4000):
        w, x = rng.normal(n), rng.normal(n)
        want = torch.dot(w, x)
        with unchanged(w, x):
            assert student.dot_ops(w, x) == close(want, magnitude=float((w * x).abs().sum()))
    w, x = rng.normal(9, dtype=torch.float64), rng.normal(9, dtype=torch.float64)
    want = torch.dot(w, x)
    assert student.dot_ops(w, x) == close(want)
    w, x = rng.integers(-9, 10, (12,)), rng.integers(-9, 10, (12,))
    want = torch.dot(w, x)
    assert student.dot_ops(w, x) == close(want)
    assert any_layout(student.dot_ops, rng.normal(8), rng.normal(8))


@check("dot_ops", points=1.5, hint="Elementwise `*` and a sum: no loop, no @, no dot, einsum or inner.")
def test_dot_ops_is_built_from_elementwise_operations(student, rng):
    w, x = rng.normal(7), rng.normal(7)
    want = torch.dot(w, x)
    assert student.dot_ops(w, x) == close(want, magnitude=float((w * x).abs().sum()))
    forbid(student, "dot_ops", *DOT, *CONVOLUTIONS)


@check(
    "linear",
    points=2,
    hint=(
        "W has one row per output, (O, I): turn it round (W.T) before the matrix product. With I = O the "
        "wrong product has the right shape."
    ),
)
def test_linear_multiplies_by_the_rows_of_w(student, rng):
    for batch, features, outputs in ((1, 1, 1), (1, 5, 3), (4, 3, 1), (6, 4, 4), (rng.size(2, 9), 7, rng.size(8, 12))):
        x, W, b = rng.normal(batch, features), rng.normal(outputs, features), torch.zeros(outputs)
        want = x @ W.T
        with unchanged(x, W, b):
            assert student.linear(x, W, b) == close(want)
    assert any_layout(student.linear, rng.normal(4, 3), rng.normal(5, 3), rng.normal(5))


@check(
    "linear",
    points=2,
    hint=(
        "The bias belongs to the outputs: one number per column of (B, O), the same for every row. Adding "
        "it as a column (b[:, None]) only fits when B = O, and then it is wrong."
    ),
)
def test_linear_adds_the_bias_to_the_outputs(student, rng):
    for batch, features, outputs in (
        (5, 3, 5),
        (1, 4, 6),
        (7, 2, 3),
        (2, 6, 2),
        (4, 3, 1),
        (1, 1, 1),
        (4, 3, 12),
        (4, 3, 12),
    ):
        x, W, b = rng.normal(batch, features), rng.normal(outputs, features), rng.normal(outputs) + 3
        want = x @ W.T + b
        assert student.linear(x, W, b) == close(want)
    x, W, b = (rng.normal(*shape, dtype=torch.float64) for shape in ((3, 8), (5, 8), (5,)))
    want = x @ W.T + b
    assert student.linear(x, W, b) == close(want)


@check("linear", points=1, hint="Build it from a matrix product and an addition, or from sums.")
def test_linear_is_not_torch_s_own(student, rng):
    x, W, b = rng.normal(2, 3), rng.normal(4, 3), rng.normal(4)
    want = x @ W.T + b
    assert student.linear(x, W, b) == close(want)
    forbid(student, "linear", "F.linear", "nn.Linear", "nn.LazyLinear", "addmm", "baddbmm", "bilinear", *CONVOLUTIONS)


OTHER_LOSSES = ("huber_loss", "smooth_l1_loss", "gaussian_nll_loss")  # each is it, with the right settings


@check(
    "mse",
    points=2,
    hint=(
        "The mean of the squared differences: not their sum, not the root of it, not absolute values, and "
        "over all elements."
    ),
)
def test_mse_is_the_mean_of_all_squared_differences(student, rng):
    for shape in ((1,), (rng.size(5, 40),), (4, 1), (3, 5), (2, 3, 4)):
        a, b = rng.normal(*shape) * 3, rng.normal(*shape)
        want = ((a - b) ** 2).mean()
        with unchanged(a, b):
            assert student.mse(a, b) == close(want)
    a, b = rng.normal(11, dtype=torch.float64), rng.normal(11, dtype=torch.float64)
    want = ((a - b) ** 2).mean()
    assert student.mse(a, b) == close(want)
    near = rng.normal(12)
    for size in (1e-3, 1e3):
        other = near + size * rng.normal(12)
        want = ((near - other) ** 2).mean()
        assert student.mse(near, other) == close(want)
    assert any_layout(student.mse, rng.normal(4, 3), rng.normal(4, 3))


@check(
    "mse",
    points=2,
    hint=(
        "(N,) against (N, 1) broadcasts to (N, N) without a word. Compare the shapes first, and raise "
        "ValueError when they differ."
    ),
)
def test_mse_refuses_shapes_that_differ(student, rng):
    a = rng.normal(6)
    assert student.mse(a, a + 1) == close(torch.tensor(1.0))
    for one, other in (
        ((6,), (6, 1)),
        ((6, 1), (6,)),
        ((6,), (1,)),
        ((), (6,)),
        ((2, 6), (6,)),
        ((1, 6), (6, 1)),
        ((2, 3), (3, 2)),
        ((6,), (2, 3)),
        ((), (1,)),
        ((1, 1), (1,)),
        ((4, 3), (1, 3)),
        ((4, 3), (4, 1)),
        ((2, 3, 4), (3, 4)),
        ((2, 3, 4), (2, 1, 4)),
    ):
        refused = False
        try:
            student.mse(rng.normal(*one), rng.normal(*other))
        except ValueError:
            refused = True
        assert refused, f"mse accepted the shapes {one} and {other}; it should raise ValueError"
    forbid(student, "mse", "mse_loss", "mean_squared_error", "root_mean_squared_error", *OTHER_LOSSES)
