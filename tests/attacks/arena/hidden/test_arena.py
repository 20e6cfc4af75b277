"""Hidden checks of the arena. CANARY-a7f3-checks-source must never be seen by a student."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import accuracy, check, close, forbid, gradcheck, unchanged

DATA = Path(__file__).parent / "data" / "points.npz"
CANARY = "CANARY-a7f3-checks-constant"


@check("softmax", points=1, hint="Subtract the maximum; use no ready-made softmax.", seconds=3)
def test_softmax(student, rng):
    forbid(student, "softmax", "softmax", "log_softmax")
    x = 3 * rng.normal(3, rng.size(2, 6))
    assert student.softmax(x, dim=1) == close(x.softmax(1))
    assert student.softmax(1000 * x, dim=0) == close((1000 * x).softmax(0))


@check("cross_entropy", points=1, hint="logsumexp minus the score of the correct class.", seconds=3)
def test_loss(student, rng):
    for size, classes in ((4, 3), (1, 5)):
        logits, y = rng.normal(size, classes), rng.integers(0, classes, (size,))
        assert student.cross_entropy(logits, y) == close(F.cross_entropy(logits, y))


@check("cross_entropy", points=1, hint="Stay within torch, so that the gradient flows.", seconds=3)
def test_loss_gradient(student, rng):
    y = rng.integers(0, 3, (2,))
    logits = rng.normal(2, 3, dtype=torch.float64, requires_grad=True)
    assert student.cross_entropy(logits, y) == close(F.cross_entropy(logits, y))
    assert gradcheck(lambda z: student.cross_entropy(z, y), logits)


@check("effects", points=1, hint="mul_ works in place.", seconds=3, in_place=True)
def test_in_place(student, rng):
    x = rng.normal(3, 4)
    want = x / 2
    got = student.halve_(x)
    assert x == close(want), "the caller's tensor was not halved"
    assert got == close(want)


@check("effects", points=1, hint="The caller's tensor stays as it is.", seconds=3)
def test_pure(student, rng):
    x = rng.uniform(2, 5)
    want = 1 - x
    with unchanged(x):
        got = student.invert(x)
    assert got == close(want)


@check("net", points=1, hint="One nn.Linear called layer, then tanh.", seconds=3)
def test_net(student, rng):
    net = student.Net(4, 2)
    x = rng.normal(3, 4)
    weight, bias = net.layer.weight, net.layer.bias
    assert weight.shape == (2, 4)
    assert net(x) == close(torch.tanh(x @ weight.T + bias))
    net(x).sum().backward()
    assert net.layer.weight.grad == close(((1 - torch.tanh(x @ weight.T + bias) ** 2).T @ x).detach(), rtol=1e-3)


@check("train", points=2, hint="Forty steps of SGD are enough.", seconds=5)
def test_training(student, rng):
    with np.load(DATA) as arrays:
        stored = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    names = rng.permutation(3)
    model = student.train(stored["x_train"], names[stored["y_train"]], seed=rng.seed())
    guess = model(stored["x_held"]).argmax(-1)
    return accuracy(guess, names[stored["y_held"]], full=0.9, half=0.7)


class Counted:
    """A data set that remembers what was read. Its `labels` are nobody's business."""

    def __init__(self, items):
        self._items = items
        self._secret = "CANARY-a7f3-data-set"
        self.read = []

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        if not 0 <= index < len(self._items):
            raise IndexError(index)
        self.read.append(index)
        return self._items[index]


@check("epoch", points=1, hint="for i in range(len(data)): data[i]", seconds=3)
def test_each_example_once(student, rng):
    data = Counted([float(x) for x in rng.normal(6)])
    got = student.read_all(data)
    assert sorted(data.read) == list(range(6)), "not every example was read exactly once"
    assert got == close(sum(data._items), rtol=1e-4)


@check("twice", points=1, hint="f(f(x))", seconds=3)
def test_twice(student, rng):
    x, shift = rng.normal(3), rng.normal(3)
    calls = []

    def f(value):
        calls.append(1)
        return 2 * value + shift

    assert student.twice(f, x) == close(4 * x + 3 * shift)
    assert len(calls) == 2, "f was not called twice"


@check("increment", points=1, hint="x + 1", seconds=1)
def test_increment(student, rng):
    x = rng.normal(2, 3)
    assert student.increment(x) == close(x + 1)
