"""Cross-entropy, the mended loss of the class notes, and their two-class form."""

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
    trace,
    unchanged,
)

CROSS_ENTROPY = (
    *("cross_entropy", "nll_loss", "log_softmax", "CrossEntropyLoss", "NLLLoss", "LogSoftmax"),
    *("distributions", "Categorical"),
)
BINARY = (
    "sigmoid",
    "logsigmoid",
    "expit",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "soft_margin_loss",
    "Sigmoid",
    "LogSigmoid",
    "BCELoss",
    "BCEWithLogitsLoss",
    "SoftMarginLoss",
    "multilabel_soft_margin_loss",
    "MultiLabelSoftMarginLoss",
)
DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def batches(rng):
    """Batches of several shapes: one example, one class, two, as many examples as classes; labels of one class only."""
    n = rng.size(3, 6)
    for size, classes in ((7, 2), (8, 5), (n, n), (5, 8), (1, 3), (1, 1), (4, 1), (150, 12)):
        yield 2 * rng.normal(size, classes), rng.integers(0, classes, (size,))
    yield 0.1 * rng.normal(6, 3), rng.integers(0, 3, (6,))
    for label in (0, 3):
        yield 2 * rng.normal(4, 4), torch.full((4,), label)


def losses_of(logits, y):
    return F.cross_entropy(logits, y, reduction="none")


def recognise(got, want, mistakes):
    """Fail with the words of the first mistake that explains a wrong value; a mistake may be right by chance."""
    if got == close(want):
        return
    for value, words in mistakes:
        if got == close(value):
            raise Failure(words)


@check(
    "cross_entropy",
    points=1,
    hint="For each row: logsumexp(row) minus the score of the correct class; then the mean over the batch.",
)
def test_cross_entropy_agrees_on_random_batches(student, rng):
    with trace(student) as seen:
        student.cross_entropy(torch.zeros(3, 4), torch.tensor([0, 1, 2]))
    forbid(student, "cross_entropy", *CROSS_ENTROPY, seen=seen)
    for logits, y in batches(rng):
        got = student.cross_entropy(logits, y)
        log_probs = logits.log_softmax(1)
        picked = -log_probs[torch.arange(len(y)), y]
        if len(y) > 1 and logits.shape[1] > 1:
            recognise(
                got,
                F.cross_entropy(logits, y),
                (
                    (-picked.neg().exp().mean(), "This is minus the mean probability: the logarithm is missing (nll)."),
                    (
                        picked.sum(),
                        "This is the sum over the batch. reduction='mean' divides by the number of examples.",
                    ),
                    (
                        -log_probs[:, y].mean(),
                        "logits[:, y] gives (B, B): every label's column for every row. Pick one per "
                        "row, with gather(1, y.unsqueeze(1)) or [torch.arange(B), y].",
                    ),
                    (picked.sum() / logits.numel(), "The mean goes over the B examples, not over all B x C entries."),
                    (-picked.mean(), "The sign is flipped: the loss is minus the log-probability."),
                ),
            )
        assert got == close(F.cross_entropy(logits, y))
    logits, y = rng.normal(6, 4, dtype=torch.float64), rng.integers(0, 4, (6,))
    assert student.cross_entropy(logits, y) == close(F.cross_entropy(logits, y))
    assert follows_input(student.cross_entropy, logits, y, dtypes=DTYPES)
    assert any_layout(student.cross_entropy, logits, y)


@check(
    "cross_entropy",
    points=1,
    hint="'none' gives the vector of B losses, 'sum' and 'mean' a 0-d tensor, everything else a ValueError.",
)
def test_cross_entropy_reductions(student, rng):
    forbid(student, "cross_entropy", *CROSS_ENTROPY)
    for logits, y in batches(rng):
        for reduction in ("none", "sum", "mean"):
            got = student.cross_entropy(logits, y, reduction=reduction)
            assert got == close(F.cross_entropy(logits, y, reduction=reduction))
    assert student.cross_entropy(logits, y, "sum") == close(F.cross_entropy(logits, y, reduction="sum"))
    for unknown in ("average", "Mean", "sums", "", None):
        try:
            student.cross_entropy(logits, y, reduction=unknown)
        except ValueError:
            continue
        raise Failure(
            "An unknown reduction was accepted without a word. Raise a ValueError for whatever is none of the three, "
            "so that a typing error is noticed."
        )


@check(
    "cross_entropy",
    points=2,
    hint="Do not go through probabilities: softmax underflows to 0 and its log is -inf; an epsilon inside the log "
    "caps the "
    "loss instead. Stay on the log scale with logsumexp.",
)
def test_cross_entropy_of_huge_logits(student, rng):
    forbid(student, "cross_entropy", *CROSS_ENTROPY)
    for logits, y in batches(rng):
        for huge in (1000 * logits, logits + 5000, 100 * logits - 1e4, 1e5 * logits):
            assert student.cross_entropy(huge, y, reduction="none") == close_to(losses_of, huge, y)
            assert student.cross_entropy(huge, y) == close_to(F.cross_entropy, huge, y)


@check("cross_entropy", points=1, hint="Stay within torch: .item(), float() and numpy cut the gradient to the logits.")
def test_cross_entropy_has_the_gradient(student, rng):
    forbid(student, "cross_entropy", *CROSS_ENTROPY)
    y = rng.integers(0, 4, (3,))
    logits = rng.normal(3, 4, dtype=torch.float64, requires_grad=True)
    with unchanged(logits, y):
        student.cross_entropy(logits, y)
    assert gradcheck(lambda t: student.cross_entropy(t, y), logits)
    for logits, labels in batches(rng):
        for scale, reduction in ((1, "none"), (1, "sum"), (1, "mean"), (200, "none"), (200, "mean")):
            assert same_gradients(
                lambda t: student.cross_entropy(t, labels, reduction=reduction),
                lambda t: F.cross_entropy(t, labels, reduction=reduction),
                scale * logits,
                magnitude=float(scale * logits.abs().max()),
            )
    wrong = 500 * rng.normal(3, 4, dtype=torch.float64)
    assert same_gradients(lambda t: student.cross_entropy(t, y), lambda t: F.cross_entropy(t, y), wrong, magnitude=1.0)


@check(
    "notes_loss",
    points=1,
    hint="notes_loss is minus the mean probability of the correct classes. Between which numbers do probabilities lie?",
)
def test_bounds_of_the_notes_loss(student):
    bounds = student.notes_loss_bounds()
    if type(bounds) in (tuple, list) and not all(isinstance(bound, float | int) for bound in bounds):
        raise Failure("notes_loss_bounds() gives two plain numbers, not tensors or anything else.", "wrong_type")
    assert bounds == close((-1.0, 0.0))


@check(
    "notes_loss",
    points=1,
    hint="Give F.nll_loss log-probabilities from F.log_softmax (not the log of softmax, which becomes -inf), or "
    "hand the "
    "logits to F.cross_entropy as they are.",
)
def test_mended_loss_is_cross_entropy(student, rng):
    for logits, y in batches(rng):
        got = student.mended_loss(logits, y)
        notes = F.nll_loss(logits.softmax(1), y)
        twice = F.cross_entropy(logits.softmax(1), y)
        recognise(
            got,
            F.cross_entropy(logits, y),
            (
                (notes, "This is still the loss of the notes: minus a mean probability."),
                (twice, "F.cross_entropy got probabilities: it applies softmax itself, so here it is applied twice."),
            ),
        )
        assert got == close(F.cross_entropy(logits, y))
        for huge in (1000 * logits, logits + 5000, 1e5 * logits):
            assert student.mended_loss(huge, y) == close_to(F.cross_entropy, huge, y)
        for scale in (1, 200):
            assert same_gradients(
                lambda t: student.mended_loss(t, y),
                lambda t: F.cross_entropy(t, y),
                scale * logits,
                magnitude=float(scale * logits.abs().max()),
            )
    assert any_layout(student.mended_loss, logits, y)
    wrong, y = 300 * rng.normal(3, 4, dtype=torch.float64), rng.integers(0, 4, (3,))
    assert same_gradients(lambda t: student.mended_loss(t, y), lambda t: F.cross_entropy(t, y), wrong, magnitude=1.0)


@check(
    "binary",
    points=1,
    hint="Softmax over the pair of scores (z, 0), one new dimension of size 2; the entry of z is the sigmoid. The pair "
    "(z, -z) would give sigmoid(2z), the other entry 1 - sigmoid.",
)
def test_sigmoid_agrees(student, rng):
    forbid(student, "sigmoid_from_softmax", *BINARY)
    for shape in ((6,), (1,), (3, 2), (2, 2, 2), (2, 5), (1, 2), (2, 1, 1, 3), (200,), ()):
        z = 3 * rng.normal(*shape)
        with unchanged(z):
            got = student.sigmoid_from_softmax(z)
        assert got == close(torch.sigmoid(z))
        assert same_gradients(student.sigmoid_from_softmax, torch.sigmoid, z, magnitude=1.0)
    assert follows_input(student.sigmoid_from_softmax, rng.normal(4), dtypes=DTYPES)
    assert any_layout(student.sigmoid_from_softmax, rng.normal(4, 3))
    z = 3 * rng.normal(5, dtype=torch.float64, requires_grad=True)
    assert gradcheck(student.sigmoid_from_softmax, z.detach().requires_grad_())


@check(
    "binary",
    points=1,
    hint="-t log p - (1 - t) log(1 - p), averaged over all elements. With logits: logsumexp of (z, 0) minus t * z.",
)
def test_bce_agrees(student, rng):
    forbid(student, "bce_with_logits", *BINARY)
    drawn = [2 * rng.normal(*shape) for shape in ((6,), (1,), (3, 2), (8, 1), (2, 2, 2), (1, 5), (200,), ())]
    for z in (*drawn, torch.tensor([7.5]), torch.tensor(-7.5)):
        hard = rng.integers(0, 2, z.shape)
        for t in (hard, hard.float(), rng.uniform(*z.shape)):
            with unchanged(z, t):
                got = student.bce_with_logits(z, t)
            # A sure and right score leaves a small loss, the difference of two numbers as large as the score.
            largest = 1 + float(z.abs().max())
            assert got == close(F.binary_cross_entropy_with_logits(z, t.float()), magnitude=largest)
            assert same_gradients(
                lambda z: student.bce_with_logits(z, t),
                lambda z: F.binary_cross_entropy_with_logits(z, t.float()),
                z,
                magnitude=1.0,
            )
    z, t = rng.normal(4, 3), rng.integers(0, 2, (4, 3))
    assert student.bce_with_logits(z.double(), t) == close(F.binary_cross_entropy_with_logits(z.double(), t.double()))
    assert any_layout(student.bce_with_logits, z, t)
    t = rng.uniform(5, dtype=torch.float64)
    assert gradcheck(lambda z: student.bce_with_logits(z, t), (2 * rng.normal(5, dtype=torch.float64)).requires_grad_())


@check(
    "binary",
    points=1,
    hint="At z = 100 the sigmoid is exactly 1, and log(1 - 1) is -inf; exp(100) overflows in float32 and makes "
    "the gradient "
    "NaN. Use a stable softmax and logsumexp. Clamping and epsilons give wrong losses instead of infinite ones.",
)
def test_two_classes_at_extreme_scores(student, rng):
    z = torch.tensor([1000.0, -1000.0, 120.0, -120.0, 30.0, -30.0]) * rng.uniform(6, low=0.9, high=1.1)
    assert same_gradients(student.sigmoid_from_softmax, torch.sigmoid, 1e30 * z, magnitude=1.0)
    assert same_gradients(student.sigmoid_from_softmax, torch.sigmoid, z, magnitude=1.0)
    far = torch.tensor([22.0, -22.0, 28.0, -28.0, 60.0, -60.0, 900.0, -900.0], dtype=torch.float64)
    far = far * rng.uniform(8, low=0.9, high=1.1, dtype=torch.float64)
    assert same_gradients(student.sigmoid_from_softmax, torch.sigmoid, far, magnitude=1.0)
    for t in (torch.zeros(6), torch.ones(6), rng.integers(0, 2, (6,)).float()):
        assert same_gradients(
            lambda z: student.bce_with_logits(z, t),
            lambda z: F.binary_cross_entropy_with_logits(z, t),
            z,
            magnitude=1.0,
        )
        for one in range(6):
            single = z[one : one + 1]
            got = student.bce_with_logits(single, t[one : one + 1])
            assert got == close(F.binary_cross_entropy_with_logits(single, t[one : one + 1]), magnitude=1.0)
