"""Softmax and its logarithm: every dimension, scores of any size, gradients, and written by hand."""

import math

import torch
from autograder.checks import (
    any_layout,
    check,
    close,
    close_to,
    follows_input,
    forbid,
    gradcheck,
    same_gradients,
    stable,
    trace,
    unchanged,
)

SHAPES = ((5,), (1, 4), (3, 1), (1, 1), (4, 4), (2, 3, 4), (3, 3, 3), (2, 1, 3, 2), (2, 2, 1, 2, 3), (2, 300))
DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def by_hand(student, *names):
    """By its source, and by what torch runs for it."""
    for name in names:
        with trace(student) as seen:
            getattr(student, name)(torch.zeros(2, 3), 1)
        forbid(student, name, *FORBIDDEN[name], seen=seen)


def of_every_kind(function, rng):
    """The dtype of the result is that of x, and its values do not depend on how x lies in memory."""
    assert follows_input(function, rng.normal(3, 4), dtypes=DTYPES)
    assert any_layout(function, rng.normal(3, 4))
    assert any_layout(function, rng.normal(2, 4, 3))


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
        assert student.softmax(x, dim=dim) == close(x.softmax(dim), magnitude=0.0)
    of_every_kind(lambda x: student.softmax(x, 1), rng)
    x = rng.normal(3, 4, dtype=torch.float64)
    assert student.softmax(x, 1) == close_to(lambda x: x.softmax(1), x, magnitude=0.0)


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
    assert stable(lambda x: student.softmax(x, 1), lambda x: x.softmax(1), rng.normal(3, 4, dtype=torch.float64))
    wide = 30 * rng.normal(4, 6, dtype=torch.float64)
    assert student.softmax(wide, 1) == close_to(lambda x: x.softmax(1), wide, magnitude=0.0)
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
    x = masked(60 * rng.normal(6, 5), rng)
    got = student.softmax(x, 1)
    assert got == close(x.softmax(1))
    assert not got[x == -math.inf].any(), "An impossible class, with a score of -inf, got a probability above 0."
    assert student.softmax(x.T.contiguous(), 0) == close(x.T.softmax(0))
    assert student.softmax(torch.stack([x, x.flip(0)]), -1) == close(torch.stack([x, x.flip(0)]).softmax(-1))


def masked(x, rng):
    """x (rows, classes) with -inf in one to all but one of the classes of each row."""
    for row in x:
        impossible = rng.permutation(len(row))[: rng.size(1, len(row) - 1)]
        row[impossible] = -math.inf
    return x


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
    for x, dim in every_dimension(rng):
        assert same_gradients(lambda t: student.softmax(t, dim), lambda t: t.softmax(dim), x, magnitude=1.0)
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
        assert student.logsumexp(x, dim=dim) == close_to(lambda x: x.logsumexp(dim), x)
    of_every_kind(lambda x: student.logsumexp(x, 1), rng)
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
    for scores in (x, masked(x.clone(), rng), 1000 * masked(rng.normal(6, 4), rng)):
        assert student.logsumexp(scores, 1) == close_to(lambda x: x.logsumexp(1), scores)
        assert student.logsumexp(scores.T.contiguous(), 0) == close_to(lambda x: x.logsumexp(1), scores)
    assert stable(lambda x: student.logsumexp(x, 1), lambda x: x.logsumexp(1), rng.normal(3, 4, dtype=torch.float64))


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
        assert student.log_softmax(x, dim=dim) == close_to(lambda x: x.log_softmax(dim), x)
    of_every_kind(lambda x: student.log_softmax(x, 1), rng)
    for scale in (100.0, 1000.0):
        x = scale * rng.normal(4, 4)
        assert student.log_softmax(x, 0) == close_to(lambda x: x.log_softmax(0), x)
        assert student.log_softmax(x + scale, 1) == close_to(lambda x: x.log_softmax(1), x + scale)
    x = rng.normal(3, 5) + torch.tensor([[1000.0], [-1000.0], [0.0]])
    assert student.log_softmax(x, 1) == close_to(lambda x: x.log_softmax(1), x)
    x = rng.normal(3, 4, dtype=torch.float64)
    assert student.log_softmax(x, 1) == close_to(lambda x: x.log_softmax(1), x)
    assert stable(lambda x: student.log_softmax(x, 1), lambda x: x.log_softmax(1), x)


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
    for x, dim in every_dimension(rng):
        assert same_gradients(lambda t: student.logsumexp(t, dim), lambda t: t.logsumexp(dim), x, magnitude=1.0)
        assert same_gradients(lambda t: student.log_softmax(t, dim), lambda t: t.log_softmax(dim), x, magnitude=5.0)
    far = 300 * rng.normal(3, 4, dtype=torch.float64)
    assert same_gradients(lambda t: student.logsumexp(t, 1), lambda t: t.logsumexp(1), far)
    assert same_gradients(lambda t: student.log_softmax(t, 1), lambda t: t.log_softmax(1), far)
