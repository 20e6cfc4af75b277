"""Softmax and its logarithm: every dimension, scores of any size, gradients, and written by hand."""

import math

import torch
from autograder.checks import check, close, forbid, gradcheck, same_gradients, unchanged

SHAPES = ((5,), (1, 4), (3, 1), (4, 4), (2, 3, 4), (3, 3, 3))


def by_hand(student, *names):
    for name in names:
        forbid(student, name, *FORBIDDEN[name])


FORBIDDEN = {
    "softmax": ("softmax", "log_softmax", "softmin", "Softmax", "LogSoftmax", "Softmin"),
    "logsumexp": ("softmax", "log_softmax", "logsumexp", "logaddexp", "LogSoftmax", "Softmax"),
    "log_softmax": ("softmax", "log_softmax", "logsumexp", "logaddexp", "LogSoftmax", "Softmax"),
}


def every_dimension(rng, scale=3.0):
    n = rng.size(2, 6)
    for shape in (*SHAPES, (n, n), (n, n + 2)):
        for dim in range(-len(shape), len(shape)):
            yield scale * rng.normal(*shape), dim


@check(
    "softmax",
    points=1,
    hint="The sum goes along `dim`, and only there: not over the whole tensor, not always over the last "
    "dimension. With "
    "keepdim=True it lines up with x again; in a square matrix a lost keepdim raises no error but divides by the "
    "sums of "
    "other rows.",
)
def test_softmax_agrees_along_every_dimension(student, rng):
    by_hand(student, "softmax")
    for x, dim in every_dimension(rng):
        got = student.softmax(x, dim)
        assert got == close(x.softmax(dim))
    x = rng.normal(3, 4, dtype=torch.float64)
    assert student.softmax(x, 1) == close(x.softmax(1))


@check(
    "softmax",
    points=1,
    hint="exp() of a large score is infinite, and of a very negative one 0: inf/inf and 0/0 are NaN. Subtract the "
    "maximum "
    "before exp(); it cancels in the fraction.",
)
def test_softmax_survives_an_offset(student, rng):
    by_hand(student, "softmax")
    for offset in (1e3, -1e3, 1e4):
        x = rng.normal(3, 5, dtype=torch.float64) + offset
        assert student.softmax(x, -1) == close(x.softmax(-1))
        assert student.softmax(x.T.contiguous(), 0) == close(x.T.softmax(0))
    one_large = torch.cat([torch.full((2, 1), 1e4), rng.normal(2, 3)], dim=1)
    assert student.softmax(one_large, 1) == close(one_large.softmax(1))


@check(
    "softmax",
    points=0.5,
    hint="Each row needs its own maximum (along dim, keepdim=True). With the maximum of the whole tensor a row "
    "far below "
    "it underflows to 0/0.",
)
def test_softmax_of_rows_far_apart(student, rng):
    by_hand(student, "softmax")
    offsets = torch.tensor([[0.0], [2000.0], [-2000.0]])
    x = rng.normal(3, 4) + offsets
    assert student.softmax(x, 1) == close(x.softmax(1))
    assert student.softmax(x.T.contiguous(), 0) == close(x.T.softmax(0))
    deep = rng.normal(2, 3, 4) + 1500 * rng.integers(-1, 2, (2, 1, 4)).float()
    assert student.softmax(deep, 1) == close(deep.softmax(1))


@check(
    "softmax",
    points=0.5,
    hint="A score of -inf means an impossible class: exp(-inf) is 0 by itself. Clamping scores, or replacing "
    "infinities, "
    "gives it a probability.",
)
def test_softmax_of_impossible_classes(student, rng):
    by_hand(student, "softmax")
    x = 60 * rng.normal(6, 5)
    x[torch.arange(6), rng.integers(0, 5, (6,))] = -math.inf
    assert student.softmax(x, 1) == close(x.softmax(1))


@check(
    "softmax",
    points=1,
    hint="Stay within torch from x to the result: .item(), .detach() of the result and numpy cut the gradient.",
)
def test_softmax_has_a_gradient_and_leaves_x_alone(student, rng):
    by_hand(student, "softmax")
    x = rng.normal(3, 4)
    with unchanged(x):
        student.softmax(x, 1)
    for dim in (0, 1):
        assert gradcheck(lambda t: student.softmax(t, dim), rng.normal(2, 3, dtype=torch.float64, requires_grad=True))
    far = rng.normal(2, 3, dtype=torch.float64) + 1000
    assert same_gradients(lambda t: student.softmax(t, 1), lambda t: t.softmax(1), far)


@check(
    "log_softmax",
    points=1,
    hint="logsumexp removes `dim` from the shape; exp, sum along dim, log (the natural one). Whatever maximum you took "
    "out before exp() must be added back after the log.",
)
def test_logsumexp_agrees_along_every_dimension(student, rng):
    by_hand(student, "logsumexp")
    for x, dim in every_dimension(rng):
        assert student.logsumexp(x, dim) == close(x.logsumexp(dim))
    x = rng.normal(3, 4, dtype=torch.float64)
    assert student.logsumexp(x, 1) == close(x.logsumexp(1))


@check(
    "log_softmax",
    points=1,
    hint="log(sum(exp(x))) overflows from 89 on. Take each row's own maximum m out: m + log(sum(exp(x - m))).",
)
def test_logsumexp_of_huge_scores(student, rng):
    by_hand(student, "logsumexp")
    x = rng.normal(3, 5) + torch.tensor([[1000.0], [-1000.0], [0.0]])
    x[2, 0] = -math.inf
    assert student.logsumexp(x, 1) == close(x.logsumexp(1))
    assert student.logsumexp(x.T.contiguous(), 0) == close(x.logsumexp(1))


@check(
    "log_softmax",
    points=1,
    hint="The log of a softmax is -inf as soon as the probability underflows (and an epsilon in the log only "
    "hides it). "
    "Subtract instead: x - logsumexp(x), with the lost dimension put back (unsqueeze).",
)
def test_log_softmax_agrees_where_probabilities_underflow(student, rng):
    by_hand(student, "log_softmax")
    for x, dim in every_dimension(rng):
        assert student.log_softmax(x, dim) == close(x.log_softmax(dim))
    for scale in (100.0, 1000.0):
        x = scale * rng.normal(4, 4)
        assert student.log_softmax(x, 0) == close(x.log_softmax(0))
        assert student.log_softmax(x + scale, 1) == close((x + scale).log_softmax(1))


@check(
    "log_softmax",
    points=1,
    hint="Stay within torch, and do not subtract in place (x -= ...): the caller's scores would change.",
)
def test_logs_have_gradients_and_leave_x_alone(student, rng):
    by_hand(student, "logsumexp", "log_softmax")
    x = rng.normal(3, 4)
    with unchanged(x):
        student.logsumexp(x, 1)
        student.log_softmax(x, 0)
    small = rng.normal(2, 3, dtype=torch.float64, requires_grad=True)
    assert gradcheck(lambda t: student.logsumexp(t, 1), small)
    assert gradcheck(lambda t: student.log_softmax(t, 0), small)
    far = 300 * rng.normal(3, 4, dtype=torch.float64)
    assert same_gradients(lambda t: student.logsumexp(t, 1), lambda t: t.logsumexp(1), far)
    assert same_gradients(lambda t: student.log_softmax(t, 1), lambda t: t.log_softmax(1), far)
