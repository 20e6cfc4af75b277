"""A complete set of right answers, roundabout: closures, torch inside, generators, counting by gradients of ints."""
# fails: nothing


def hand_gradient(a, b, c):
    return (c * c, 3 * c * c, 2 * a * c + 6 * b * c)


def torch_gradient(f, *numbers):
    x = torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
    f(*x).backward()
    return x.grad.tolist()


def differentiated(name):
    """An operation of one Value, with the slope from torch."""

    def operation(self):
        x = torch.tensor(self.data, dtype=torch.float64, requires_grad=True)
        result = getattr(torch, name)(x)
        result.backward()
        return Value(result.item(), (self,), (x.grad.item(),))

    return operation


for name in ("exp", "log", "relu"):
    setattr(Value, name, differentiated(name))


def topological_order(root):
    order, opened = [], {id(root): iter(root.parents)}
    path = [root]
    while path:
        try:
            parent = next(opened[id(path[-1])])
        except StopIteration:
            order.append(path.pop())
        else:
            if id(parent) not in opened:
                opened[id(parent)] = iter(parent.parents)
                path.append(parent)
    return order


def count_paths(root, leaf):
    counts = {root: 1}
    for node in topological_order(root)[::-1]:
        here = counts.setdefault(node, 0)
        for parent in node.parents:
            counts[parent] = counts.get(parent, 0) + here
    return counts[leaf] if leaf in counts else 0


def backward(root):
    order = topological_order(root)
    inner = [node for node in order if len(node.parents) > 0]
    for node in inner:
        node.grad = 0.0
    root.grad = 1.0 if root.parents else root.grad + 1.0
    for node in inner[::-1]:
        pieces = node.pull(node.grad)
        for number, parent in enumerate(node.parents):
            parent.grad = np.add(parent.grad, pieces[number]) if np.ndim(parent.data) else parent.grad + pieces[number]


def zero_grad(parameters):
    [setattr(parameter, "grad", 0.0) for parameter in parameters]


def descend(loss_of, parameters, rate, steps):
    losses = []
    while len(losses) < steps:
        zero_grad(parameters)
        root = loss_of()
        losses.append(root.data if isinstance(root.data, float) else root.data.item())
        backward(root)
        for number in range(len(parameters)):
            parameters[number].data = parameters[number].data + -rate * parameters[number].grad
    return losses


class Network:
    def __init__(self, n_in, n_hidden, seed):
        gauss = random.Random(seed).gauss
        self.sizes = n_in, n_hidden
        self.flat = []
        for _ in range(n_hidden):
            self.flat += [Value(gauss(0.0, 1.0)) for _ in range(n_in)] + [Value(0.0)]
        self.flat += [Value(gauss(0.0, 1.0)) for _ in range(n_hidden)] + [Value(0.0)]

    def parameters(self):
        return list(self.flat)

    def __call__(self, inputs):
        n_in, n_hidden = self.sizes
        values = iter(self.flat)
        hidden = []
        for _ in range(n_hidden):
            terms = [next(values) * x for x in inputs]
            hidden.append((sum(terms) + next(values)).tanh())
        return sum([next(values) * h for h in hidden]) + next(values)


def train_xor(points, labels, seed):
    for again in range(3):
        network = Network(2, 5, seed + 7919 * again)

        def loss_of(network=network):
            losses = [(1 - network(p) * y).relu() ** 2 for p, y in zip(points, labels, strict=True)]
            return sum(losses) * (1.0 / len(losses))

        losses = descend(loss_of, network.parameters(), 0.2, 70)
        if losses[-1] < 0.1:
            break
    return network, losses


def numerical_gradient(f, x, eps=1e-5):
    base = [float(value) for value in x.ravel()]

    def moved(number, step):
        flat = list(base)
        flat[number] += step
        return f(np.array(flat).reshape(x.shape))

    slopes = [(moved(number, eps) - moved(number, -eps)) / (2.0 * eps) for number in range(x.size)]
    return np.array(slopes).reshape(x.shape)


def unbroadcast(gradient, shape):
    operand = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    operand.expand(gradient.shape).backward(torch.tensor(gradient))
    return operand.grad.numpy()


def linear_softmax_backward(x, W, b, y):
    loss, dx, dW, db = 0.0, np.zeros_like(x), np.zeros_like(W), np.zeros_like(b)
    for row, label in zip(x, y, strict=True):
        scores = row @ W + b
        total = np.logaddexp.reduce(scores)
        delta = np.exp(scores - total)
        delta[label] -= 1.0
        loss += total - scores[label]
        dW += np.outer(row, delta) / len(y)
        db += delta / len(y)
    for number, (row, label) in enumerate(zip(x, y, strict=True)):
        scores = row @ W + b
        delta = np.exp(scores - np.logaddexp.reduce(scores))
        delta[label] -= 1.0
        dx[number] = W @ delta / len(y)
    return float(loss / len(y)), dx, dW, db
