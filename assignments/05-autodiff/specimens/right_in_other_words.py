"""A complete set of right answers: Kahn's order, separate dictionaries, numpy throughout, plain loops."""
# fails: nothing

from collections import deque
from itertools import chain as joined


def hand_gradient(a, b, c):
    e, s = a + 3 * b, c * c
    de, ds = s, e
    return de * 1, de * 3, ds * (c + c)


def torch_gradient(f, *numbers):
    inputs = torch.tensor(numbers, dtype=torch.double).unbind()
    inputs = [x.detach().clone().requires_grad_(True) for x in inputs]
    return [float(g) for g in torch.autograd.grad(f(*inputs), inputs)]


class Value:
    count = 0

    def __init__(self, data, parents=(), slopes=()):
        self.data = float(data)
        self.parents = tuple(parents)
        self.slopes = tuple(slopes)
        self.grad = 0.0
        Value.count += 1

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def unary(self, result, slope):
        return Value(result, [self], [slope])

    def __add__(self, other):
        other = self.of(other)
        return Value(sum((self.data, other.data)), [self, other], [1, 1])

    def __mul__(self, other):
        other = self.of(other)
        return Value(self.data * other.data, parents=[self, other], slopes=[other.data, self.data])

    def __pow__(self, n):
        if n == 0:
            return self.unary(1.0, 0.0)
        return self.unary(math.pow(self.data, n), n * math.pow(self.data, n - 1))

    def exp(self):
        e = float(np.exp(self.data))
        return self.unary(e, e)

    def log(self):
        return self.unary(np.log(self.data), 1.0 / self.data)

    def tanh(self):
        t = np.tanh(self.data)
        return self.unary(t, (1 + t) * (1 - t))

    def relu(self):
        on = float(self.data > 0)
        return self.unary(self.data * on, on)

    def pull(self, gradient):
        return tuple(float(gradient) * s for s in self.slopes)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-1) * self.of(other)

    def __rsub__(self, other):
        return self.of(other) - self

    def __truediv__(self, other):
        other = self.of(other)
        return Value(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data**2))

    def __rtruediv__(self, other):
        return self.of(other) / self


def topological_order(root):
    # Kahn's algorithm: count the children that have not been listed, from the root down; then turn the list round.
    parents_of, waiting = {}, [root]
    while waiting:
        node = waiting.pop()
        if node not in parents_of:
            parents_of[node] = list(node.parents)
            waiting.extend(parents_of[node])
    children = dict.fromkeys(parents_of, 0)
    for parent in joined.from_iterable(parents_of.values()):
        children[parent] += 1
    ready, order = deque([root]), []
    while ready:
        node = ready.popleft()
        order.append(node)
        for parent in parents_of[node]:
            children[parent] -= 1
            if not children[parent]:
                ready.append(parent)
    order.reverse()
    return order


def count_paths(root, leaf):
    # From the leaf upwards: the paths of a node are the sum of its parents' paths.
    ways = {}
    for node in topological_order(root):
        ways[node] = 1 if node is leaf else sum(ways[parent] for parent in node.parents)
    return ways[root]


def backward(root):
    gradient = {root: 1.0}
    for node in reversed(topological_order(root)):
        total = gradient.pop(node)
        parents = node.parents
        if not parents:
            node.grad = node.grad + total
            continue
        node.grad = total
        for parent, piece in zip(parents, node.pull(total), strict=True):
            gradient[parent] = gradient[parent] + piece if parent in gradient else piece


def zero_grad(parameters):
    for p in list(parameters):
        p.grad = 0.0 * p.data if isinstance(p.data, np.ndarray) else 0.0


def descend(loss_of, parameters, rate, steps):
    def step():
        zero_grad(parameters)
        root = loss_of()
        backward(root)
        moved = [p.data - p.grad * rate for p in parameters]
        for p, data in zip(parameters, moved, strict=True):
            p.data = data
        return float(root.data)

    return [step() for _ in range(steps)]


class Neuron:
    def __init__(self, n, draw, bend):
        self.w, self.b, self.bend = [Value(draw.normalvariate(0.0, 1.0)) for _ in range(n)], Value(0), bend

    def __call__(self, x):
        total = self.b
        for w, one in zip(self.w, x, strict=True):
            total = one * w + total
        return total.tanh() if self.bend else total


class Network:
    def __init__(self, n_in, n_hidden, seed):
        draw = random.Random(seed)
        self.layer = [Neuron(n_in, draw, True) for _ in range(n_hidden)]
        self.last = Neuron(n_hidden, draw, False)

    def parameters(self):
        found = []
        for neuron in (*self.layer, self.last):
            found.extend(neuron.w)
            found.append(neuron.b)
        return found

    def __call__(self, inputs):
        return self.last([neuron(inputs) for neuron in self.layer])


def train_xor(points, labels, seed):
    network = Network(2, 6, seed)
    data = list(zip(points, labels, strict=True))
    losses = []
    for _ in range(80):
        zero_grad(network.parameters())
        total = sum(((network(p) - y) ** 2 for p, y in data), Value(0.0)) / len(data)
        backward(total)
        losses.append(total.data)
        for p in network.parameters():
            p.data -= 0.15 * p.grad
    return [network, losses]


def numerical_gradient(f, x, eps=1e-5):
    identity = np.identity(x.size).reshape(-1, *x.shape) * eps
    return np.array([(f(x + e) - f(x - e)) / eps / 2 for e in identity], dtype=float).reshape(x.shape)


def unbroadcast(gradient, shape):
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    for axis in range(len(padded)):
        if padded[axis] == 1:
            gradient = np.add.reduce(gradient, axis=axis, keepdims=True)
    return np.reshape(gradient, shape).copy()


class Tensor:
    __array_ufunc__ = None

    def __init__(self, data, parents=(), pullbacks=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.parents, self.pullbacks = tuple(parents), tuple(pullbacks)
        self.grad = np.zeros(self.data.shape)

    def pull(self, gradient):
        return [f(np.asarray(gradient, dtype=float)) for f in self.pullbacks]

    @staticmethod
    def of(x):
        return x if isinstance(x, Tensor) else Tensor(x)

    def __add__(self, other):
        other = Tensor.of(other)

        def back_to(node):
            return lambda g: unbroadcast(g, node.data.shape).copy()

        return Tensor(np.add(self.data, other.data), (self, other), map(back_to, (self, other)))

    def __mul__(self, other):
        other = Tensor.of(other)

        def back_to(node, partner):
            return lambda g: unbroadcast(np.multiply(g, partner), node.data.shape)

        backs = back_to(self, other.data), back_to(other, self.data)
        return Tensor(np.multiply(self.data, other.data), [self, other], backs)

    def __matmul__(self, other):
        x, y = self.data, other.data
        left = lambda g: np.einsum("nm,km->nk", g, y)  # noqa: E731
        right = lambda g: np.einsum("nk,nm->km", x, g)  # noqa: E731
        return Tensor(np.einsum("nk,km->nm", x, y), (self, other), (left, right))

    def sum(self, axis=None, keepdims=False):
        shape = self.data.shape
        kept = self.data.sum(axis=axis, keepdims=True)
        result = kept if keepdims else kept.reshape(()) if axis is None else kept.squeeze(axis)
        return Tensor(result, (self,), (lambda g: g.reshape(kept.shape) * np.ones(shape),))

    def mean(self, axis=None, keepdims=False):
        shape = self.data.shape
        kept = self.data.mean(axis=axis, keepdims=True)
        result = kept if keepdims else kept.reshape(()) if axis is None else kept.squeeze(axis)
        share = kept.size / self.data.size
        return Tensor(result, (self,), (lambda g: g.reshape(kept.shape) * np.full(shape, share),))

    def exp(self):
        return Tensor(np.exp(self.data), (self,), (lambda g: g * np.exp(self.data),))

    def log(self):
        return Tensor(np.log(self.data), (self,), (lambda g: g * (1 / self.data),))

    def relu(self):
        mask = np.where(self.data > 0, 1.0, 0.0)
        return Tensor(mask * self.data, (self,), (lambda g: np.where(mask == 1.0, g, 0.0),))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Tensor.of(other)

    def __rsub__(self, other):
        return Tensor.of(other) - self


def linear_softmax_backward(x, W, b, y):
    B, C = len(x), len(b)
    scores = np.dot(x, W) + b[None, :]
    top = scores.max(1)[:, None]
    norm = top + np.log(np.exp(scores - top).sum(1))[:, None]
    onehot = np.eye(C)[y]
    loss = float((norm[:, 0] - (scores * onehot).sum(1)).sum() / B)
    delta = (np.exp(scores - norm) - onehot) / B
    return [loss, delta.dot(W.T), delta.T.dot(x).T, delta.T.sum(1)]
