"""Section 8 to 11: numerical gradients, broadcasting, Tensor, and a block by hand."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, check, close, forbid


def normal(rng, *shape):
    """A float64 array of normal numbers."""
    return rng.normal(*shape, dtype=torch.float64).numpy()


def array(got, want):
    """Whether an array is the expected one; where a single number is due, a scalar of numpy's will do."""
    want = np.asarray(want)
    return got == (close(float(want), rtol=1e-9, atol=1e-12) if want.shape == () else close(want, magnitude=1.0))


READY_MADE = ("torch", "functional", "cross_entropy", "softmax", "log_softmax", "logsumexp", "pull")
"""Torch, scipy, and the reader's own autograd: its `backward` asks nodes to pull."""


class Watched:
    """A function of arrays that keeps what it was called with."""

    def __init__(self, f):
        self.f = f
        self.seen = []

    def __call__(self, x):
        self.seen.append(np.array(x))
        return float(self.f(np.array(x)))


def bent(x, weights):
    """Third powers, products of neighbours, sines: nothing that a one-sided difference gets right."""
    flat, w = x.reshape(-1), weights.reshape(-1)
    return (w * flat**3).sum() + (flat[:-1] * flat[1:]).sum() + np.sin(2 * flat).sum()


def central(f, x, eps):
    """Central differences, by the definition."""
    steps = np.eye(x.size) * eps
    flat = [(f(x + step.reshape(x.shape)) - f(x - step.reshape(x.shape))) / (2 * eps) for step in steps]
    return np.array(flat).reshape(x.shape)


SHAPES = ((3,), (1,), (2, 3), (3, 2), (2, 2), (1, 4), (2, 1, 3), (4, 1))


@check("numerical_gradient", points=1.5, hint="(f(x + eps e_i) - f(x - eps e_i)) / (2 eps), for one element at a time.")
def test_central_differences(student, rng):
    for shape in SHAPES:
        x, weights = normal(rng, *shape), normal(rng, *shape)
        for eps in (0.5, 0.03):
            want = central(lambda t: bent(t, weights), x, eps)
            got = student.numerical_gradient(lambda t: float(bent(t, weights)), x, eps)
            if isinstance(got, np.ndarray) and got.shape == want.shape and not got == close(want, magnitude=1 / eps):
                one_sided = (want - got) / np.abs(want).max()
                if np.abs(one_sided).max() < 10 * eps and got == close(
                    np.array(
                        [
                            (bent(x + step.reshape(shape), weights) - bent(x, weights)) / eps
                            for step in np.eye(x.size) * eps
                        ]
                    ).reshape(shape),
                    magnitude=1 / eps,
                ):
                    raise Failure("This is a forward difference. Take a step to both sides, and divide by 2 eps.")
            assert got == close(want, magnitude=1 / eps)
    single = np.array(0.7)
    got = student.numerical_gradient(lambda t: float(t) ** 3, single, 0.1)
    assert array(got, central(lambda t: float(t) ** 3, single, 0.1)), "An array of shape () has one element, too."
    x = normal(rng, 4)
    exact = 2 * np.cos(2 * x)
    got = student.numerical_gradient(lambda t: float(np.sin(2 * t).sum()), x)
    assert got == close(exact, rtol=1e-7), (
        "With the default eps the result is not within what central differences give."
    )


@check(
    "numerical_gradient",
    points=1.5,
    hint="Make a copy, change one element of it, and hand it to f: x itself stays as it is, and in every call "
    "only one "
    "element differs from x. reshape(-1) of a transposed array is a copy: a change there does not reach the "
    "original.",
)
def test_every_call_changes_one_element(student, rng):
    for shape in SHAPES:
        x = normal(rng, *shape)
        weights = normal(rng, *shape)
        for base in (x, np.asfortranarray(x), x[::-1], np.repeat(x, 2, axis=-1)[..., ::2]):
            kept = base.copy()
            watched = Watched(lambda t: bent(t, weights))
            base.flags.writeable = False  # on the student's side too: a step in x itself, even one that is taken back
            got = student.numerical_gradient(watched, base, 0.25)
            assert got == close(central(lambda t: bent(t, weights), kept, 0.25), magnitude=4.0)
            assert np.array_equal(base, kept), "x itself was changed."
            if any(one.shape != shape for one in watched.seen):
                raise Failure("f was called with an array of another shape than x's.")
            if any((one != kept).sum() > 1 for one in watched.seen):
                raise Failure("In some call to f more than one element differs from x. Take the step back, or a copy.")
            assert len(watched.seen) <= 2 * base.size, "f is called twice for each element, not more often."


PAIRS = (
    ((4, 3), (3,)),
    ((4, 3), (4, 1)),
    ((4, 3), (1, 3)),
    ((4, 3), (4, 3)),
    ((4, 3), (1, 1)),
    ((4, 3), (1,)),
    ((4, 3), ()),
    ((3,), ()),
    ((3,), (1,)),
    ((), ()),
    ((3, 3), (3,)),
    ((3, 3), (3, 1)),
    ((3, 3, 3), (3, 1, 3)),
    ((5, 4, 3), (4, 3)),
    ((5, 4, 3), (4, 1)),
    ((5, 4, 3), (1, 3)),
    ((5, 4, 3), (5, 1, 3)),
    ((5, 4, 3), (5, 1, 1)),
    ((5, 4, 3), (1, 4, 1)),
    ((5, 4, 3), (1, 1, 3)),
    ((1, 3), (3,)),
    ((1, 3), (1, 3)),
    ((1, 1), ()),
    ((2, 1, 3), (1, 3)),
    ((2, 1, 3), (1, 1, 1)),
    ((2, 3, 4, 5), (3, 1, 5)),
    ((6, 1), (1,)),
)


@check(
    "unbroadcast",
    points=2,
    hint="Axes that were added stand at the left: sum them away. Where shape has a 1, sum and keep the axis "
    "(keepdims=True).",
)
def test_sums_over_what_was_repeated(student, rng):
    for long, short in PAIRS:
        gradient = normal(rng, *long)
        got = student.unbroadcast(gradient, short)
        assert array(got, torch.from_numpy(gradient).sum_to_size(short).numpy())


@check(
    "unbroadcast",
    points=1,
    hint="Go by the shapes alone: gradient.ndim - len(shape) axes were added, whatever their sizes.",
)
def test_any_pair_of_shapes(student, rng):
    for _ in range(25):
        sizes = [rng.size(1, 4) for _ in range(rng.size(1, 4))]
        kept = rng.size(0, len(sizes))
        short = tuple(1 if rng.size(0, 1) else size for size in sizes[len(sizes) - kept :])
        gradient = normal(rng, *sizes)
        got = student.unbroadcast(gradient, short)
        assert array(got, torch.from_numpy(gradient).sum_to_size(short).numpy())


def derivatives(root, gradient, leaves):
    """What reaches each of the leaves when `gradient` comes to the root: pulled from node to node, added up here."""
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            parents = tuple(node.parents)
            for parent in parents:
                visit(parent)
            order.append((node, parents))

    visit(root)
    arrived = {root: gradient}
    for node, parents in reversed(order):
        if parents and node in arrived:
            pieces = node.pull(arrived[node])
            if not isinstance(pieces, list | tuple) or len(pieces) != len(parents):
                raise Failure("There must be one pullback for each parent.")
            for parent, piece in zip(parents, pieces, strict=True):
                shape = np.shape(parent.data)
                if np.shape(piece) != shape:
                    raise Failure(
                        f"A pullback gave an array of shape {np.shape(piece)} for a parent of shape {shape}. Where "
                        "broadcasting repeated the parent, unbroadcast the gradient."
                    )
                arrived[parent] = arrived[parent] + piece if parent in arrived else piece
    return [arrived.get(leaf) for leaf in leaves]


def same_as_torch(student, f, *data, rng, times=1):
    """Fail unless value and derivatives of f, made of Tensors, are torch's."""
    leaves = [student.Tensor(np.array(x)) for x in data]
    result = f(*leaves)
    inputs = [torch.from_numpy(np.array(x)).requires_grad_() for x in data]
    want = f(*inputs)
    if not array(result.data, want.detach().numpy()):
        raise AssertionError("The value of an operation is not numpy's.")
    gradient = normal(rng, *want.shape) if want.shape else np.array(float(rng.uniform(1, low=0.5, high=2.0)))
    wanted = torch.autograd.grad((want * torch.from_numpy(gradient)).sum(), inputs)
    for _ in range(times):
        got = derivatives(result, gradient, leaves)
        for one, other in zip(got, wanted, strict=True):
            assert one is not None, "Nothing reaches one of the operands: it is not among the parents."
            assert array(one, other.numpy()), "What a pullback gives is not the gradient for its parent."
    for leaf, x in zip(leaves, data, strict=True):
        assert array(leaf.data, x), "An operation changed its operand."
        assert array(leaf.grad, np.zeros_like(x)), "A pullback changed .grad: it only returns what reaches the "
        "parent."


BROADCASTS = (
    ((3,), (3,)),
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((3,), (2, 3)),
    ((2, 1), (3,)),
    ((2, 3), (2, 1)),
    ((1, 3), (2, 1)),
    ((3, 3), (3,)),
    ((3, 3), (3, 1)),
    ((2, 3), ()),
    ((), (2, 3)),
    ((), ()),
    ((4, 1, 2), (3, 1)),
)


@check(
    "tensor",
    points=1.5,
    hint="Sum: g for both. Product: g times the other operand. Then unbroadcast to the parent's shape, for BOTH "
    "parents.",
)
def test_sums_and_products_of_arrays(student, rng):
    for one, other in BROADCASTS:
        x, y = normal(rng, *one), normal(rng, *other)
        same_as_torch(student, lambda x, y: x + y, x, y, rng=rng)
        same_as_torch(student, lambda x, y: x * y, x, y, rng=rng)
    x = normal(rng, 2, 3)
    same_as_torch(student, lambda x: x + x, x, rng=rng)
    same_as_torch(student, lambda x: x * x, x, rng=rng)
    same_as_torch(student, lambda x: 2.5 * x, x, rng=rng)
    same_as_torch(student, lambda x: 1.0 - x, x, rng=rng)
    a, b = student.Tensor(x), student.Tensor(normal(rng, 3))
    for result in (a + b, a * b):
        parents = tuple(result.parents)
        if len(parents) != 2 or parents[0] is not a or parents[1] is not b:
            raise Failure("The parents are not the two operands themselves, in their order.")


@check(
    "tensor", points=1, hint="For x of shape (n, k), y (k, m) and g (n, m): g @ y.T is (n, k), and x.T @ g is (k, m)."
)
def test_matrix_products(student, rng):
    for n, k, m in ((2, 3, 4), (3, 3, 3), (1, 3, 2), (4, 1, 3), (2, 3, 1), (1, 1, 1), (5, 2, 5)):
        same_as_torch(student, lambda x, y: x @ y, normal(rng, n, k), normal(rng, k, m), rng=rng)
    same_as_torch(student, lambda x: x @ x, normal(rng, 3, 3), rng=rng)


@check(
    "tensor",
    points=1.5,
    hint="The gradient of a sum is repeated to the operand's shape; an axis that was summed away has to be put "
    "back at its "
    "place first (np.expand_dims). The mean is the sum divided by the number of elements that were averaged.",
)
def test_sums_and_means(student, rng):
    for shape in ((4,), (2, 3), (3, 3), (1, 3), (2, 3, 4)):
        for axis in (None, *range(-len(shape), len(shape))):
            x = normal(rng, *shape)
            for keep in (False, True):

                def summed(x, axis=axis, keep=keep):
                    if isinstance(x, torch.Tensor) and axis is None:
                        return x.sum().reshape((1,) * x.ndim if keep else ())
                    return x.sum(axis=axis, keepdims=keep)

                def averaged(x, axis=axis, keep=keep):
                    if isinstance(x, torch.Tensor) and axis is None:
                        return x.mean().reshape((1,) * x.ndim if keep else ())
                    return x.mean(axis=axis, keepdims=keep)

                same_as_torch(student, summed, x, rng=rng)
                same_as_torch(student, averaged, x, rng=rng)
    x = normal(rng, 3, 4)
    same_as_torch(student, lambda x: x.sum(), x, rng=rng)
    same_as_torch(student, lambda x: x.mean(), x, rng=rng)
    same_as_torch(student, lambda x: x.sum(1), x, rng=rng)
    same_as_torch(student, lambda x: x.mean(0), x, rng=rng)


@check("tensor", points=1, hint="g times the slope at each element: the result for exp, 1/x for log, x > 0 for relu.")
def test_functions_of_each_element(student, rng):
    for shape in ((3,), (2, 3), (1,), (), (2, 1, 2)):
        x = normal(rng, *shape)
        same_as_torch(student, lambda x: x.exp(), x, rng=rng, times=2)
        same_as_torch(student, lambda x: x.relu(), x, rng=rng, times=2)
        same_as_torch(student, lambda x: x.log(), np.exp(x), rng=rng, times=2)
    same_as_torch(student, lambda x: x.relu(), np.array([0.0, -0.0, 1e-3, -1e-3, 5.0, 1e-9, -1e-9, 1e9]), rng=rng)
    for small_or_large in (1e-40, 1e40):
        same_as_torch(student, lambda x: (small_or_large * x.exp()).log(), np.array([0.5, -1.0]), rng=rng)
    for far in (-300.0, 300.0):
        same_as_torch(student, lambda x: (x + far).exp() * math.exp(-far), normal(rng, 3), rng=rng)


def network_loss(x, W, b, V):
    return (((x @ W + b).relu() @ V).exp() + x.sum(axis=1, keepdims=True) * b.mean()).mean()


@check("tensor", points=1, hint="With all operations right, everything that is made of them is right as well.")
def test_a_whole_network(student, rng):
    for batch, width in ((5, 4), (1, 3), (3, 3)):
        data = normal(rng, batch, 3), normal(rng, 3, width), normal(rng, width), normal(rng, width, 2)
        same_as_torch(student, network_loss, *data, rng=rng)


@check(
    "linear_softmax",
    points=2,
    hint="dlogits = (p - onehot(y)) / B. Then dx = dlogits @ W.T, dW = x.T @ dlogits, db = dlogits summed over "
    "the batch.",
)
def test_loss_and_gradients(student, rng):
    forbid(student, "linear_softmax_backward", *READY_MADE)
    for size, features, classes in ((6, 4, 3), (1, 3, 2), (3, 3, 3), (5, 1, 4), (4, 2, 1), (2, 5, 7)):
        arrays = normal(rng, size, features), normal(rng, features, classes), normal(rng, classes)
        for y in (rng.integers(0, classes, (size,)), torch.zeros(size, dtype=torch.int64)):
            kept = [one.copy() for one in arrays]
            judge_block(student.linear_softmax_backward(*arrays, y.numpy()), arrays, y)
            assert all(np.array_equal(one, other) for one, other in zip(arrays, kept, strict=True)), "An input "
            "changed."


@check(
    "linear_softmax",
    points=1,
    hint="Subtract each row's maximum before exp, and take log p as a difference: log of a probability that has "
    "become 0 "
    "is minus infinity.",
)
def test_huge_scores(student, rng):
    for size, features, classes, factor in ((5, 3, 4, 1000.0), (2, 2, 3, 1e5), (4, 3, 2, 200.0)):
        arrays = normal(rng, size, features), factor * normal(rng, features, classes), factor * normal(rng, classes)
        y = rng.integers(0, classes, (size,))
        judge_block(student.linear_softmax_backward(*arrays, y.numpy()), arrays, y)
    arrays = normal(rng, 3, 2), normal(rng, 2, 3), np.full(3, 5000.0)
    y = rng.integers(0, 3, (3,))
    judge_block(student.linear_softmax_backward(*arrays, y.numpy()), arrays, y)


def judge_block(got, arrays, y):
    """Fail unless `got` is (loss, dx, dW, db) as torch has them."""
    if type(got) not in (tuple, list) or len(got) != 4:
        raise Failure("What comes back is no tuple of four: loss, dx, dW, db.", "wrong_type")
    if type(got[0]) is not float:
        raise Failure("The loss is a Python float: float(...) at the end.", "wrong_type")
    x, W, b = (torch.from_numpy(one).clone().requires_grad_() for one in arrays)
    loss = F.cross_entropy(x @ W + b, y)
    want = torch.autograd.grad(loss, (x, W, b))
    assert got[0] == close(loss.item(), rtol=1e-9, atol=1e-9), "The loss is not the mean cross-entropy."
    for name, one, other in zip(("dx", "dW", "db"), got[1:], want, strict=True):
        assert isinstance(one, np.ndarray), f"{name} is an array."
        if one.shape == tuple(other.shape) and one == close(len(y) * other.numpy(), magnitude=1.0) and len(y) > 1:
            if not one == close(other.numpy(), magnitude=1.0):
                raise Failure(f"{name} is B times too large: the loss is a mean over the batch.")
        scale = float(W.detach().abs().max()) if name == "dx" else 1.0
        assert one == close(other.numpy(), magnitude=max(scale, 1.0)), f"{name} is not the gradient of the loss."
