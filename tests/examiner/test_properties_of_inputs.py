"""Invariances, dependence, layouts, dtypes and extremes, each on both transports, on right and on wrong answers."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from properties import Case, Verify, parameters, verdict_is
from transports import Transport

from autograder.checks import (
    Failure,
    Rng,
    affine,
    any_batch_size,
    any_layout,
    batch_independent,
    causal,
    equivariant,
    follows_input,
    invariant,
    not_affine,
    permute,
    scale,
    shift,
    stable,
)


def normal(*shape: int, dtype: torch.dtype = torch.float32) -> Any:
    return Rng(b"a key").normal(*shape, dtype=dtype)


def softmax_shifts(student: Any) -> None:
    assert invariant(lambda x: student.f(x), normal(4, 5), under=shift(3.0))
    assert invariant(student.f, normal(4, 5), under=shift(torch.arange(4.0)[:, None]))


def cosine_scales(student: Any) -> None:
    y = normal(3, 5) + 1
    assert invariant(lambda x: student.f(x, y), normal(3, 5), under=scale(7.0))


def mean_has_no_order(student: Any) -> None:
    assert invariant(student.f, normal(6, 3), under=permute(0, Rng(b"")))


def layer_moves_with_the_batch(student: Any) -> None:
    assert equivariant(student.f, normal(6, 6), under=permute(0, Rng(b"")))


def norm_is_homogeneous(student: Any) -> None:
    assert equivariant(student.f, normal(4, 5), under=scale(3.0))


def rows_stay_apart(student: Any) -> None:
    assert batch_independent(student.f, normal(6, 6))


def tokens_stay_apart(student: Any) -> None:
    tokens = Rng(b"tokens").integers(0, 9, (4, 7))
    assert batch_independent(student.f, tokens)


def nothing_leaks(student: Any) -> None:
    assert causal(student.f, normal(2, 6, 3))


def nothing_leaks_from_tokens(student: Any) -> None:
    assert causal(student.f, Rng(b"tokens").integers(0, 9, (2, 6)))


def nothing_leaks_from_the_present(student: Any) -> None:
    assert causal(student.f, normal(2, 6), strict=True)


def it_bends(student: Any) -> None:
    assert not_affine(student.f, normal(5, 4), Rng(b"other").normal(5, 4))


def it_is_a_matrix_product(student: Any) -> None:
    assert affine(student.f, normal(5, 4), Rng(b"other").normal(5, 4))


def dtype_follows(student: Any) -> None:
    assert follows_input(student.f, normal(3, 4), dtypes=(torch.float32, torch.float64, torch.bfloat16))


def layout_does_not_matter(student: Any) -> None:
    assert any_layout(student.f, normal(3, 4), torch.ones(4))


def batches_of_none_and_one(student: Any) -> None:
    assert any_batch_size(student.f, lambda n: normal(n, 3))


def batches_against_a_reference(student: Any) -> None:
    make = lambda n: (normal(n, 3), torch.arange(n))  # noqa: E731
    assert any_batch_size(student.f, make, sizes=(0, 1, 5), reference=lambda x, y: x.sum(1) * y)


def logsumexp_at_extremes(student: Any) -> None:
    assert stable(student.f, lambda x: x.logsumexp(-1), normal(4, 5), minus_infinity=True)


def softmax_at_extremes(student: Any) -> None:
    assert stable(student.f, lambda x: x.softmax(-1), normal(4, 5), minus_infinity=True)


def layer_norm_at_extremes(student: Any) -> None:
    reference = lambda x: torch.nn.functional.layer_norm(x, (5,))  # noqa: E731
    assert stable(student.f, reference, normal(4, 5))


CASES = [
    Case(
        "shift",
        softmax_shifts,
        [
            "def f(x): return x.softmax(-1)",
            "def f(x):\n    e = (x - x.max(-1, keepdim=True).values).exp()\n    return e / e.sum(-1, keepdim=True)",
            "import numpy as np\ndef f(x):\n    e = np.exp(x.numpy().astype(np.float64))\n    e /= e.sum(1)[:, None]\n"
            "    return torch.tensor(e, dtype=x.dtype)",
        ],
        {
            "def f(x): return x.softmax(0)": "adding something else to each row",
            "def f(x): return x.exp()": "must not change the result, and does: 20 of 20 elements differ",
            "def f(x): return x / x.sum(-1, keepdim=True)": "is the maximum, or the mean, taken away first",
            "def f(x): return x * float('nan')": "20 of 20 elements of the result, of shape (4, 5), are NaN",
            "def f(x): return [x]": "expected a torch tensor, got a list",
        },
    ),
    Case(
        "scale",
        cosine_scales,
        [
            "def f(x, y): return torch.nn.functional.cosine_similarity(x, y)",
            "def f(x, y): return (x * y).sum(1) / (x.norm(dim=1) * y.norm(dim=1))",
        ],
        {
            "def f(x, y): return (x * y).sum(1)": "multiplying everything by 7",
            "def f(x, y): return (x * y).sum(1) / (x.norm(dim=1) * y.norm(dim=1)) ** 0.5": "of shape (3, 5)",
            "def f(x, y): return (x * y).sum(1) / (1 + x.norm(dim=1) * y.norm(dim=1))": "divided by a norm",
        },
    ),
    Case(
        "no order",
        mean_has_no_order,
        ["def f(x): return x.mean(0)", "def f(x): return sum(x) / len(x)"],
        {
            "def f(x): return x.cumsum(0)[-2]": "putting dim 0 into another order",
            "def f(x): return (x * torch.arange(1.0, 7)[:, None]).mean(0)": "an index",
        },
    ),
    Case(
        "equivariant",
        layer_moves_with_the_batch,
        [
            "def f(x): return torch.nn.functional.layer_norm(x, (6,))",
            "def f(x): return torch.stack([(r - r.mean()) / r.std() for r in x])",
        ],
        {
            "def f(x): return (x - x.mean(1)) / x.std(1)": "must do the same to the result, and does not",
            "def f(x): return x + torch.arange(6.0)[:, None]": "no place along dim 0",
            "def f(x): return x.T.reshape(6, 6)": "a reshape where axes should be permuted",
            "def f(x): return x.sum()": "does not have the dim that is changed",
        },
    ),
    Case(
        "homogeneous",
        norm_is_homogeneous,
        ["def f(x): return x.norm(dim=-1)", "def f(x): return (x * x).sum(-1).sqrt()"],
        {"def f(x): return (x * x).sum(-1)": "multiplying everything by 3", "def f(x): return x.norm(dim=-1) + 1": "3"},
    ),
    Case(
        "batch independence",
        rows_stay_apart,
        [
            "def f(x): return torch.nn.functional.layer_norm(x, (6,))",
            "def f(x): return torch.cat([r.softmax(-1)[None] for r in x])",
        ],
        {
            "def f(x): return (x - x.mean(0)) / (x.std(0, correction=0) + 1e-5)": "a mean, maximum, sum",
            "def f(x): return (x - x.max()).exp() / (x - x.max()).exp().sum()": "the batch of shape (6, 6)",
            "def f(x): return x + (len(x) > 1) * 0.01": "alone, as a batch of one, gives another result",
            "def f(x): return x.T.reshape(x.shape)": "a reshape that mixes rows",
            "def f(x): return x.cumsum(0)": "row 1 alone",
            "def f(x): return x.sum(0)": "the shape is (6,) in place of (1,)",
        },
    ),
    Case(
        "batch independence of tokens",
        tokens_stay_apart,
        [
            "e = torch.nn.Embedding(9, 5)\ndef f(t): return e(t).mean(1)",
            "w = torch.randn(9, 5)\ndef f(t): return torch.nn.functional.one_hot(t, 9).float() @ w",
        ],
        {
            "w = torch.randn(9, 5)\ndef f(t): return w[t].mean(0)[None].expand(len(t), -1, -1)": "each row must be",
            "w = torch.randn(9, 5)\ndef f(t): return w[t.flip(0)]": "each row must be",
        },
    ),
    Case(
        "causality",
        nothing_leaks,
        [
            "def f(x):\n    s = (x @ x.mT).masked_fill(~torch.ones(6, 6).tril().bool(), -torch.inf)\n"
            "    return s.softmax(-1) @ x",
            "def f(x):\n    s = x @ x.mT + torch.full((6, 6), -1e9).triu(1)\n    return s.softmax(-1) @ x",
            "def f(x): return torch.stack([x[:, :t + 1].mean(1) for t in range(x.shape[1])], 1)",
            "def f(x): return torch.nn.functional.scaled_dot_product_attention(x, x, x, is_causal=True)",
            "net = torch.nn.LSTM(3, 4, batch_first=True)\ndef f(x): return net(x)[0]",
        ],
        {
            "def f(x): return (x @ x.mT).softmax(-1) @ x": "the future leaks",
            "def f(x):\n    s = (x @ x.mT).masked_fill(torch.ones(6, 6).tril().bool(), -1e9)\n"
            "    return s.softmax(-1) @ x": "is every later step masked",
            "def f(x):\n    s = (x @ x.mT).masked_fill(~torch.ones(6, 6).tril(1).bool(), -1e9)\n"
            "    return s.softmax(-1) @ x": "step 1 on (dim 1 of shape (2, 6, 3))",
            "def f(x):\n    s = (x @ x.mT).softmax(-1) * torch.ones(6, 6).tril()\n    return s @ x": "right dim",
            "def f(x):\n    s = x @ x.mT + torch.full((6, 6), -10.0).triu(1)\n    return s.softmax(-1) @ x": "leaks",
            "def f(x):\n    m = torch.ones(6, 6).tril().bool()\n    s = (x @ x.mT).masked_fill(~m, -1e9)\n"
            "    return s.softmax(1) @ x": "the future leaks",
            "net = torch.nn.LSTM(3, 4, batch_first=True, bidirectional=True)\ndef f(x): return net(x)[0]": "flip",
            "def f(x): return x.cumsum(1)[:, -1]": "dim 1 must have 6 elements still",
        },
    ),
    Case(
        "causality of tokens",
        nothing_leaks_from_tokens,
        [
            "w = torch.randn(9, 5)\ndef f(t): return w[t].cumsum(1)",
            "e, net = torch.nn.Embedding(9, 5), torch.nn.GRU(5, 4, batch_first=True)\ndef f(t): return net(e(t))[0]",
        ],
        {
            "w = torch.randn(9, 5)\ndef f(t): return w[t].flip(1).cumsum(1).flip(1)": "the future leaks",
            "w = torch.randn(9, 5)\ndef f(t): return w[t] - w[t].mean(1, keepdim=True)": "the future leaks",
        },
    ),
    Case(
        "strict causality",
        nothing_leaks_from_the_present,
        [
            "def f(x): return x.cumsum(1) - x",
            "def f(x): return torch.nn.functional.pad(x, (1, 0))[:, :-1]",
        ],
        {
            "def f(x): return x.cumsum(1)": "and the step itself, masked",
            "def f(x): return torch.nn.functional.pad(x, (1, 0))[:, 1:]": "the future leaks",
        },
    ),
    Case(
        "nonlinear",
        it_bends,
        [
            "net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))\nf = net",
            "w, v = torch.randn(4, 8), torch.randn(8, 2)\ndef f(x): return torch.tanh(x @ w) @ v",
        ],
        {
            "f = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Linear(8, 2))": "(relu, tanh) missing",
            "w, v = torch.randn(4, 8), torch.randn(8, 2)\n"
            "def f(x):\n    h = x @ w\n    torch.relu(h)\n    return h @ v + 1": "or its result not used",
        },
    ),
    Case(
        "affine",
        it_is_a_matrix_product,
        ["f = torch.nn.Linear(4, 3)", "w = torch.randn(4, 3)\ndef f(x): return torch.einsum('ni,io->no', x, w) + 2"],
        {
            "w = torch.randn(4, 3)\ndef f(x): return torch.relu(x @ w)": "is not f(x) + f(y) - f(0)",
            "w = torch.randn(4, 3)\ndef f(x): return (x @ w) * x.mean()": "a product of two inputs",
        },
    ),
    Case(
        "dtype",
        dtype_follows,
        ["def f(x): return torch.zeros_like(x) + x", "def f(x): return x @ x.new_ones(4, 2)"],
        {
            "def f(x): return x @ torch.ones(4, 2)": "for inputs of shape (3, 4) and dtype torch.float64",
            "def f(x):\n    y = torch.zeros(3, 4)\n    y[:] = x\n    return y": "the result has dtype torch.float32",
            "def f(x): return x.double() * 2": "the result has dtype torch.float64",
        },
    ),
    Case(
        "layout",
        layout_does_not_matter,
        [
            "def f(x, w): return x.reshape(-1) * 2 + w.sum()",
            "def f(x, w): return x.contiguous().view(4, 3) + w[0]",
        ],
        {
            "def f(x, w): return x.view(-1) + w.sum()": "use .reshape()",
            "def f(x, w): return torch.as_strided(x, (2, 2), (2, 1), 0) + w.sum()": "how the input lies in memory",
            "def f(x, w): return x * w.sum() * (2 if w.is_contiguous() else 1)": "argument 2, of shape (4,)",
        },
    ),
    Case(
        "sizes of the batch",
        batches_of_none_and_one,
        ["def f(x): return x.sum(1)", "w = torch.randn(3, 4)\ndef f(x): return x @ w"],
        {
            "def f(x): return (x @ torch.ones(3, 1)).squeeze()": "a squeeze() without a dim",
            "def f(x): return torch.stack([row.sum() for row in x])": "for a batch of 0, of shape (0, 3)",
            "def f(x): return x[:1]": "for a batch of 2, of shape (2, 3), the result has shape (1, 3)",
        },
    ),
    Case(
        "sizes of the batch with a reference",
        batches_against_a_reference,
        ["def f(x, y): return x.sum(1) * y", "def f(x, y): return torch.einsum('ni,n->n', x, y.to(x.dtype))"],
        {
            "def f(x, y): return x[0].sum() * y": "for a batch of 0",
            "def f(x, y): return (x.sum(1) * y).squeeze(0)": "for a batch of 1",
            "def f(x, y): return x[:, 0] * y": "4 of 5 elements differ",
        },
    ),
    Case(
        "extremes of logsumexp",
        logsumexp_at_extremes,
        [
            "def f(x): return torch.logsumexp(x, -1)",
            "def f(x):\n    m = x.detach().amax(-1, True)\n    return m[:, 0] + (x - m).exp().sum(-1).log()",
            "def f(x): return x[..., 0] - x.log_softmax(-1)[..., 0]",
        ],
        {
            "def f(x): return x.exp().sum(-1).log()": "times 100",
            "def f(x):\n    m = x.detach().max()\n    return m + (x - m).exp().sum(-1).log()": "the result",
            "def f(x):\n    m = x.detach().mean(-1, True)\n    return m[:, 0] + (x - m).exp().sum(-1).log()": "exp",
            "def f(x):\n    m = x.detach().min(-1, keepdim=True).values\n"
            "    return m[:, 0] + (x - m).exp().sum(-1).log()": "subtract the maximum",
            "def f(x): return torch.logsumexp(x.clamp(-1000, 1000), -1)": "times 10000, the result is wrong",
        },
    ),
    Case(
        "extremes of softmax",
        softmax_at_extremes,
        [
            "def f(x): return x.softmax(-1)",
            "def f(x):\n    e = (x - x.amax(-1, keepdim=True)).exp()\n    return e / e.sum(-1, keepdim=True)",
            "def f(x): return x.log_softmax(-1).exp()",
            "def f(x): return x.double().softmax(-1).to(x.dtype)",
        ],
        {
            "def f(x): return x.exp() / x.exp().sum(-1, keepdim=True)": "nan",
            "def f(x):\n    e = (x - x.max()).exp()\n    return e / e.sum(-1, keepdim=True)": "times 100",
            "def f(x): return x.nan_to_num(neginf=0.0).softmax(-1)": "with -inf in places",
            "def f(x): return x.clamp(-50, 50).softmax(-1)": "is wrong",
        },
    ),
    Case(
        "extremes of layer norm",
        layer_norm_at_extremes,
        [
            "def f(x): return torch.nn.functional.layer_norm(x, (5,))",
            "def f(x):\n    d = x - x.mean(-1, keepdim=True)\n"
            "    return d / ((d * d).mean(-1, keepdim=True) + 1e-5).sqrt()",
        ],
        {
            "def f(x):\n    d = x - x.mean(-1, keepdim=True)\n    return d / (d * d).mean(-1, True).sqrt()": "eps",
            "def f(x):\n    d = x - x.mean(-1, keepdim=True)\n"
            "    return d / ((d * d).mean(-1, keepdim=True).sqrt() + 1e-5)": "where does the eps go",
        },
    ),
]


@pytest.mark.parametrize(("check", "source", "words"), parameters(CASES))
def test_each_property_tells_right_answers_from_wrong_ones(
    transport: Transport, check: Verify, source: str, words: str | None
) -> None:
    torch.manual_seed(0)
    verdict_is(transport, check, source, words)


def test_a_change_that_changes_nothing_is_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="leaves this input as it is"):
        invariant(torch.sum, torch.zeros(3), under=scale(2.0))
    with pytest.raises(ValueError, match="one order only"):
        invariant(torch.sum, torch.zeros(1, 3), under=permute(0, Rng(b"")))
    with pytest.raises(ValueError, match="two or more"):
        batch_independent(torch.exp, torch.ones(1, 3))
    with pytest.raises(ValueError, match="one value only"):
        causal(torch.clone, torch.zeros(2, 3, dtype=torch.int64))
    with pytest.raises(ValueError, match="floating-point"):
        follows_input(torch.clone, torch.arange(3))
    with pytest.raises(ValueError, match="two elements"):
        any_layout(torch.clone, torch.ones(1))
    with pytest.raises(ValueError, match="finite for none"):
        stable(torch.clone, lambda x: x / 0, torch.zeros(2))


@pytest.mark.parametrize("place", range(39))
def test_a_leak_of_one_step_is_found_at_whichever_place(place: int) -> None:
    def peeks(x: Any) -> Any:
        ahead = x[:, place + 1] if x.shape[1] > place + 1 else 0
        return torch.cat([x[:, :place], (x[:, place] + ahead)[:, None], x[:, place + 1 :]], 1).cumsum(1)

    with pytest.raises(Failure, match="the future leaks"):
        causal(peeks, normal(2, 40, 3))


@pytest.mark.parametrize(("of", "to"), [(0, 1), (1, 0), (11, 12), (12, 11), (40, 60), (99, 98), (64, 63)])
def test_a_leak_between_any_two_rows_of_a_large_batch_is_found(of: int, to: int) -> None:
    def leaks(x: Any) -> Any:
        result = x.exp()
        if len(x) == 100:
            result[to] += 0.1 * x[of]
        return result

    assert batch_independent(torch.exp, normal(100, 3))
    with pytest.raises(Failure, match=r"moves the results of (the )?other|alone, as a batch of one"):
        batch_independent(leaks, normal(100, 3)[torch.randperm(100, generator=torch.Generator().manual_seed(0))])
