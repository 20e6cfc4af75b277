"""Section 5 to 7: backward, gradient descent, a network of Values."""

import math

import numpy as np
import torch
from autograder.checks import Failure, accuracy, check, close, no_global_randomness, require, second_chance


def number(value):
    """A Python float that is right to nine digits."""
    return close(value, rtol=1e-9, atol=1e-12)


def numbers(values):
    """Several of them, in a tuple or a list."""
    return close(tuple(values), rtol=1e-9, atol=1e-12)


def some(rng, count, low=-2.0, high=2.0):
    """Random Python floats."""
    return rng.uniform(count, low=low, high=high, dtype=torch.float64).tolist()


class Graph:
    """A graph of Values made directly, with slopes that are known here: their own operations play no part."""

    def __init__(self, student, arrows, slopes):
        self.arrows, self.slopes, self.nodes = arrows, slopes, []
        for parents, of_this in zip(arrows, slopes, strict=True):
            self.nodes.append(student.Value(0.5, [self.nodes[i] for i in parents], of_this))

    def derivatives(self, root):
        """Of `root` with respect to every node, in order; None where it plays no part."""
        found = [None] * len(self.nodes)
        found[root] = 1.0
        for position in reversed(range(root + 1)):
            if found[position] is not None:
                for parent, slope in zip(self.arrows[position], self.slopes[position], strict=True):
                    found[parent] = (found[parent] or 0.0) + slope * found[position]
        return found

    def gradients(self):
        return [node.grad for node in self.nodes]


def random_graph(student, rng, count, leaves=2):
    """Every node but the leaves has one to three parents among the earlier ones, sometimes one of them twice."""
    arrows, slopes = [[] for _ in range(leaves)], [[] for _ in range(leaves)]
    for position in range(leaves, count):
        parents = rng.integers(0, position, (rng.size(1, 3),)).tolist()
        if rng.size(0, 2) == 0:
            parents.append(parents[0])
        arrows.append(parents)
        slopes.append(some(rng, len(parents)))
    arrows.append([count - 1, *range(leaves)])
    slopes.append(some(rng, leaves + 1))
    return Graph(student, arrows, slopes)


@check(
    "backward",
    points=1,
    hint="grad of the root is 1. In the reversed topological order, each node pulls once and its parents ADD "
    "what they "
    "get: a parent may have several children.",
)
def test_gradients_of_random_graphs(student, rng):
    for count, leaves in ((1, 1), (2, 1), (3, 2), (6, 2), (12, 3), (20, 4)):
        graph = random_graph(student, rng, count, leaves)
        root = len(graph.nodes) - 1
        assert student.backward(graph.nodes[root]) is None, "backward returns nothing: it fills .grad."
        want = graph.derivatives(root)
        got = graph.gradients()
        assert got[root] == number(1.0), "The root's own gradient is 1: its derivative with respect to itself."
        for one, other in zip(got, want, strict=True):
            assert one == number(other or 0.0), (
                "A gradient is wrong where nodes are used several times. Is it added (not assigned), and is a node's "
                "turn only after all of its children's?"
            )
    for turned in (False, True):  # one way from the root to `near` is longer than the other
        leaf = student.Value(1.0)
        near = student.Value(2.0, (leaf,), (2.0,))
        far = student.Value(6.0, (student.Value(6.0, (near,), (3.0,)),), (1.0,))
        student.backward(student.Value(8.0, (far, near) if turned else (near, far), (1.0, 1.0)))
        assert leaf.grad == number(8.0), (
            "A node has two children, one of them further from the root than the other, and it passed its gradient on "
            "before both had sent theirs. The order in which nodes are discovered is no topological order."
        )
    a = student.Value(3.0)
    b = student.Value(6.0, (a, a), (1.0, 1.0))
    student.backward(b)
    assert a.grad == number(2.0), "b = a + a: both arrows lead to a, and what they bring is added up."
    assert (b.data, *b.slopes) == numbers((6.0, 1.0, 1.0)) and len(tuple(b.parents)) == 2, (
        "backward changed the graph. It fills .grad and leaves the rest alone."
    )


@check(
    "backward",
    points=1,
    hint="Do not set a leaf's gradient to zero, and do not assign it: add to what is there. Also where the root "
    "is a leaf.",
)
def test_leaves_accumulate(student, rng):
    graph = random_graph(student, rng, 8, 3)
    root = len(graph.nodes) - 1
    before = some(rng, 3)
    for leaf, value in zip(graph.nodes, before, strict=False):
        leaf.grad = value
    want = graph.derivatives(root)
    for passes in (1, 2, 3):
        student.backward(graph.nodes[root])
        for leaf in range(3):
            assert graph.nodes[leaf].grad == number(before[leaf] + passes * want[leaf]), (
                "A leaf's gradient is not what was there before plus the derivative: after "
                f"{'a second' if passes > 1 else 'a first'} backward on the same graph. If only the later passes are "
                "wrong: inner nodes have to start afresh."
            )
    alone = student.Value(2.0)
    alone.grad = 0.5
    student.backward(alone)
    assert alone.grad == number(1.5), "A root without parents is a leaf: 1 is added to its gradient."


@check(
    "backward",
    points=1,
    hint="Before the pass, set the gradients of all nodes WITH parents to 0.0: what another pass left there "
    "would be sent "
    "down once more.",
)
def test_inner_nodes_start_afresh(student, rng):
    graph = random_graph(student, rng, 9, 2)
    first, second = len(graph.nodes) - 2, len(graph.nodes) - 1
    for position in range(2, len(graph.nodes)):
        graph.nodes[position].grad = 7.5
    student.backward(graph.nodes[second])
    student.backward(graph.nodes[first])
    student.backward(graph.nodes[second])
    one, other = graph.derivatives(first), graph.derivatives(second)
    for leaf in range(2):
        want = (one[leaf] or 0.0) + 2 * (other[leaf] or 0.0)
        assert graph.nodes[leaf].grad == number(want), (
            "Three backward passes over graphs that share nodes do not add up at the leaves: was something left "
            "in an "
            "inner node, and sent down again?"
        )
    for position in range(2, len(graph.nodes)):
        if other[position] is not None:
            assert graph.nodes[position].grad == number(other[position]), (
                "An inner node's gradient is not that of the last pass alone."
            )


def counted_pulls(node, slopes, counter, limit):
    """The node's pull, counted."""

    def pull(gradient):
        counter.append(node)
        if len(counter) > limit:
            raise RuntimeError("pulled too often")
        return [slope * float(gradient) for slope in slopes]

    return pull


@check(
    "backward",
    points=1,
    seconds=8,
    hint="Each node pulls once, when all of its children have: so go through the reversed topological order, in "
    "a loop. "
    "Passing gradients on at once, child by child, walks along every path: 2^60 of them here.",
)
def test_the_work_grows_with_nodes_and_not_with_paths(student):
    leaf = node = student.Value(1.0)
    counter = []
    for _ in range(12):
        node = student.Value(1.0, (node, node), (1.0, 1.0))
        node.pull = counted_pulls(node, (1.0, 1.0), counter, 12)
    try:
        student.backward(node)
    except Exception:
        if len(counter) <= 12:
            raise
    if len(counter) > 12:
        raise Failure(
            "In a graph of 12 doublings there are 12 nodes with parents, and pull was called more often than "
            "that. Ask "
            "each node once, when its gradient is complete.",
            "too_slow",
        )
    assert leaf.grad == number(2.0**12)
    leaf = node = student.Value(1.0)
    for _ in range(60):
        node = student.Value(1.0, (node, node), (1.0, 1.0))
    student.backward(node)
    assert leaf.grad == number(2.0**60)


def long_chain(student, x, count):
    """x + x + ... + x, by the notebook's own `chain` if that gives it; else made here, which takes a second."""
    try:
        root = student.chain(x, count)
        if [parent is x for parent in root.parents] == [False, True] and tuple(root.slopes) == (1.0, 1.0):
            return root
    except Failure:
        pass
    root = x
    for _ in range(count):
        root = student.Value(1.0, (root, x), (1.0, 1.0))
    return root


@check("backward", points=0.5, hint="No recursion: a loop over the reversed topological order has no depth.")
def test_backward_through_a_deep_graph(student):
    x = student.Value(1.0)
    root = long_chain(student, x, 5000)
    student.backward(root)
    assert x.grad == number(5001.0)


def frozen(array):
    """A copy that cannot be written into: it keeps its mark on the way to the student."""
    copy = np.array(array)
    copy.flags.writeable = False
    return copy


@check(
    "backward",
    points=0.5,
    hint="`node.grad = node.grad + piece` is right for numbers and arrays alike. Nothing but parents, grad and "
    "pull is "
    "needed of a node. `+=` writes into the array that is there: "
    "for one that may only be read, numpy says so.",
)
def test_arrays_pass_through_as_well(student, rng):
    data = rng.normal(2, 3, dtype=torch.float64).numpy()
    factor = rng.normal(2, 3, dtype=torch.float64).numpy()
    leaf = student.Tensor(data)
    inner = student.Tensor(data * factor, (leaf,), (lambda g: g * factor,))
    root = student.Tensor(1.0, (inner, leaf, inner), (lambda g: g * np.ones((2, 3)),) * 3)
    student.backward(root)
    assert leaf.grad == close(2 * factor + 1)
    student.backward(root)
    assert leaf.grad == close(4 * factor + 2)
    leaf.grad = frozen(data)  # somebody else may hold this array, and the pieces as well
    inner = student.Tensor(data, (leaf,), (lambda g: frozen(g * factor),))
    root = student.Tensor(1.0, (inner, leaf, inner), (lambda g: frozen(g * np.ones((2, 3))),) * 3)
    student.backward(root)
    assert leaf.grad == close(data + 2 * factor + 1)


@check("descend", points=1, hint="zero_grad sets `.grad = 0.0` of everything that it is given, and nothing else.")
def test_zero_grad(student, rng):
    for kind in (list, tuple, iter):
        values = [student.Value(x) for x in some(rng, 4)]
        kept = [value.data for value in values]
        for value, gradient in zip(values, (3.0, -1.0, math.nan, 7.0), strict=True):
            value.grad = gradient
        assert student.zero_grad(kind(values[:3])) is None, "zero_grad returns nothing."
        assert [value.grad for value in values] == numbers((0.0, 0.0, 0.0, 7.0))
        assert [value.data for value in values] == numbers(kept), "zero_grad changed the parameters themselves."


class Bowl:
    """Losses sum_i curvature_i (p_i - centre_i)^2 + p_0 p_1, another centre at each call, and their exact slopes."""

    def __init__(self, student, parameters, rng, steps):
        self.student, self.parameters = student, parameters
        self.curvature = some(rng, len(parameters), 0.5, 2.0)
        self.centres = [some(rng, len(parameters)) for _ in range(steps + 1)]
        self.calls = 0

    def at(self, point, call):
        centre = self.centres[call]
        triples = list(zip(self.curvature, point, centre, strict=True))
        value = sum(k * (p - c) ** 2 for k, p, c in triples) + point[0] * point[1]
        slopes = [2 * k * (p - c) for k, p, c in triples]
        slopes[0] += point[1]
        slopes[1] += point[0]
        return value, slopes

    def __call__(self):
        if self.calls >= len(self.centres):
            raise RuntimeError("loss_of was called too often")
        value, slopes = self.at([p.data for p in self.parameters], self.calls)
        self.calls += 1
        return self.student.Value(value, self.parameters, slopes)


@check(
    "descend",
    points=1.5,
    hint="In each step: zero_grad, loss_of() once, backward, then p.data = p.data - rate * p.grad. The loss on "
    "the list "
    "is the one before the step.",
)
def test_the_path_of_a_descent(student, rng):
    for count, steps, rate in ((2, 1, 0.1), (3, 6, 0.05), (2, 0, 0.1), (4, 9, 0.11)):
        parameters = [student.Value(x) for x in some(rng, count)]
        for parameter in parameters:
            parameter.grad = 4.0
        bowl = Bowl(student, parameters, rng, steps)
        point, losses = [p.data for p in parameters], []
        for call in range(steps):
            value, slopes = bowl.at(point, call)
            losses.append(value)
            point = [p - rate * slope for p, slope in zip(point, slopes, strict=True)]
        got = student.descend(bowl, parameters, rate, steps)
        if not isinstance(got, list) or not all(type(loss) is float for loss in got):
            raise Failure("descend returns the list of the losses, Python floats.", "wrong_type")
        assert bowl.calls == steps, (
            f"loss_of is called once in each step; in {steps} steps it was called {bowl.calls} times."
        )
        assert got == numbers(losses) if steps < 2 else got[:1] == numbers(losses[:1]), (
            "The first loss is not the loss before the first step."
        )
        assert [p.data for p in parameters] == numbers(point), (
            "The parameters are not where this number of steps leads. Is the gradient zeroed in each step (also "
            "before "
            "the first: what was in .grad does not count), and is the sign right?"
        )
        assert got == numbers(losses)
    w, other = student.Value(3.0), student.Value(1.0)
    losses = student.descend(lambda: student.Value(2 * w.data, (w, other), (0.0, 5.0)), [w], 0.1, 4)
    assert other.data == number(1.0), "Steps move the parameters alone: another leaf of the graph was moved as well."
    assert losses == numbers([6.0] * 4) and w.data == number(3.0), (
        "Where the loss is flat there are as many steps as anywhere else, each with its loss on the list."
    )


@check(
    "descend",
    points=0.5,
    hint="`p.data = p.data - rate * p.grad` is right for arrays of any shape, too. `-=` writes into the array that is "
    "there: for one that may only be read, numpy says so.",
)
def test_a_descent_of_arrays(student, rng):
    start = rng.normal(2, 3, dtype=torch.float64).numpy()
    parameter = student.Tensor(frozen(start))  # somebody else may hold this array

    def loss_of():
        data = np.array(parameter.data)
        return student.Tensor((data**2).sum(), (parameter,), (lambda g: g * 2 * data,))

    losses = student.descend(loss_of, [parameter], 0.25, 3)
    assert all(type(loss) is float for loss in losses), "A loss is no Python float: float(loss.data) makes one."
    assert parameter.data == close(start / 8)
    assert losses == numbers([float((start**2).sum()) / 4**step for step in range(3)])


def forward(parameters, n_in, n_hidden, inputs):
    """The network's scores, from its parameters in the order that parameters() promises. inputs: (N, n_in)."""
    flat = torch.stack(list(parameters)) if isinstance(parameters, list) else parameters
    hidden = flat[: n_hidden * (n_in + 1)].reshape(n_hidden, n_in + 1)
    output = flat[n_hidden * (n_in + 1) :]
    values = torch.tanh(inputs @ hidden[:, :-1].T + hidden[:, -1])
    return values @ output[:-1] + output[-1]


def data_of(parameters):
    return torch.tensor([p.data for p in parameters], dtype=torch.float64)


def gradient_through(root, leaves):
    """Derivatives from the slopes that the nodes hold."""
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            parents = tuple(node.parents)
            for parent in parents:
                visit(parent)
            order.append((node, parents, tuple(node.slopes)))

    visit(root)
    gradient = {root: 1.0}
    for node, parents, slopes in reversed(order):
        for parent, slope in zip(parents, slopes, strict=True):
            gradient[parent] = gradient.get(parent, 0.0) + float(slope) * gradient.get(node, 0.0)
    return [gradient.get(leaf, 0.0) for leaf in leaves]


@check(
    "xor",
    points=1,
    hint="tanh(weights . inputs + bias) for each hidden neuron; weights . hidden + bias, without tanh, for the "
    "output. "
    "parameters(): the first neuron's weights, its bias, the second's, ..., then the output's.",
)
def test_the_network_computes_what_it_says(student, rng):
    for n_in, n_hidden in ((2, 4), (3, 1), (1, 3), (4, 4), (2, 2)):
        network = student.Network(n_in, n_hidden, rng.seed())
        parameters = network.parameters()
        if not isinstance(parameters, list):
            raise Failure("parameters() returns a list of Values.", "wrong_type")
        count = n_hidden * (n_in + 1) + n_hidden + 1
        assert len(parameters) == count, (
            f"{n_in} inputs and {n_hidden} hidden neurons make {count} parameters; {len(parameters)} came. "
            f"Every neuron "
            "has a bias, the output too."
        )
        assert len(set(parameters)) == count, "A Value is listed twice: each weight is a Value of its own."
        again = list(network.parameters())
        assert all(one is other for one, other in zip(parameters, again, strict=True)), (
            "parameters() made new Values. Make them once, in __init__."
        )
        for attempt in range(2):
            if attempt:
                for parameter, value in zip(parameters, some(rng, count), strict=True):
                    parameter.data = value
            inputs = some(rng, n_in)
            score = network(inputs) if attempt else network(tuple(inputs))
            flat = data_of(parameters).requires_grad_()
            want = forward(flat, n_in, n_hidden, torch.tensor([inputs], dtype=torch.float64))[0]
            assert score.data == number(want.item()), (
                "The score does not follow from the parameters, in the order of parameters(), as tanh neurons "
                "and one "
                "weighted sum."
            )
            (gradient,) = torch.autograd.grad(want, flat)
            assert gradient_through(score, parameters) == numbers(gradient.tolist()), (
                "The score is right and its derivatives are not: it is not made of the parameters themselves."
            )


@check(
    "xor",
    points=1,
    hint="draw = random.Random(seed), then draw.gauss(0, 1) for each weight; biases are Value(0.0). "
    "random.seed(seed) "
    "would change the generator that everybody shares.",
)
def test_first_weights_are_normal_and_follow_the_seed(student, rng):
    require(student, "Network", "random.Random")
    seed = rng.seed() // 2
    assert no_global_randomness(lambda: student.Network(2, 3, seed).parameters()[0].data)
    first = data_of(student.Network(3, 5, seed).parameters())
    assert data_of(student.Network(3, 5, seed).parameters()) == close(first), (
        "The same seed gave two different networks."
    )
    for other in (seed + 1, seed + 2**20):
        second = data_of(student.Network(3, 5, other).parameters())
        assert not second == close(first), "Two seeds, the same network."
        assert not set(first[first != 0].tolist()) & set(second.tolist()), (
            "The networks of two seeds have weights in common. One generator draws all weights of a network: made for "
            "each neuron, from seed + 1 and so on, they are those of another seed's."
        )
    n_in, n_hidden = 39, 10
    flat = data_of(student.Network(n_in, n_hidden, seed).parameters())
    hidden = flat[: n_hidden * (n_in + 1)].reshape(n_hidden, n_in + 1)
    assert hidden[:, -1] == close(torch.zeros(n_hidden, dtype=torch.float64)) and flat[-1] == 0, "Biases start at 0."
    weights = torch.cat([hidden[:, :-1].flatten(), flat[-n_hidden - 1 : -1]])
    assert abs(float(weights.mean())) < 0.3, "The weights have a mean far from 0."
    assert 0.8 < float(weights.std()) < 1.2, "The weights have a standard deviation far from 1."
    assert len(set(weights.tolist())) == len(weights), "Weights are repeated: draw each of them."
    assert float(weights.abs().max()) > 2.0, "Of 400 normal numbers some are beyond 2. Is the distribution normal?"
    output = data_of(student.Network(1, 150, seed).parameters()[-151:-1])
    assert 0.7 < float(output.std()) < 1.4, "The output's weights have a standard deviation far from 1."


class Task:
    """Four clusters like XOR's, turned by an angle and named at random, so that no weights can be brought along."""

    def __init__(self, rng):
        angle = float(rng.uniform(1, low=0.0, high=2 * math.pi))
        size = float(rng.uniform(1, low=1.2, high=1.5))
        self.corners = [
            (size * math.cos(angle + turn * math.pi / 2), size * math.sin(angle + turn * math.pi / 2))
            for turn in range(4)
        ]
        self.sign = 1.0 if rng.size(0, 1) else -1.0
        self.rng = rng

    def draw(self, count):
        """`count` points of each corner."""
        noise = 0.2 * self.rng.normal(4 * count, 2, dtype=torch.float64)
        corners = torch.tensor(self.corners, dtype=torch.float64).repeat(count, 1)
        labels = torch.tensor([self.sign, -self.sign] * (2 * count), dtype=torch.float64)
        order = self.rng.permutation(4 * count)
        return (corners + noise)[order], labels[order]


def trained(student, points, labels, seed):
    """(network, losses), or a Failure that says what came instead."""
    result = student.train_xor([tuple(point) for point in points.tolist()], labels.tolist(), seed)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise Failure("train_xor returns a pair: (network, losses).", "wrong_type")
    network, losses = result
    if type(losses) not in (tuple, list) or not losses or not all(type(loss) is float for loss in losses):
        raise Failure("The second of the pair is the list of the losses of all steps, Python floats.", "wrong_type")
    return network, losses


def scores_of(network, points):
    """Scores by the parameters; its own answers must agree with them."""
    flat = data_of(network.parameters())
    if len(flat) % 4 != 1 or len(flat) < 5:
        raise Failure(
            "The trained network is no Network(2, n_hidden, seed): the number of its parameters does not fit."
        )
    scores = forward(flat, 2, len(flat) // 4, points)
    for position in range(3):
        got = network(tuple(points[position].tolist())).data
        assert got == number(scores[position].item()), (
            "The trained network's answers do not follow from its parameters."
        )
    return scores


@check(
    "xor",
    points=1.5,
    seconds=60,
    hint="Does the loss fall? If not, print some gradients. If it falls and stays high: more steps, a larger "
    "rate, another "
    "scale of the loss (divide by the number of points).",
)
def test_the_network_learns_xor(student, rng, record):
    task = Task(rng)
    points, labels = task.draw(6)
    held_points, held_labels = task.draw(100)

    def attempt(seed):
        network, losses = trained(student, points, labels, seed)
        record.series("training loss", losses)
        return accuracy((scores_of(network, held_points) > 0).long(), (held_labels > 0).long(), full=0.98, half=0.85)

    return second_chance(attempt, rng, margin=1)


@check(
    "xor",
    points=0.5,
    seconds=60,
    hint="Make a new Network(2, ..., seed) in every call, and train it on the points and labels that come in.",
)
def test_training_follows_seed_and_data(student, rng):
    points, labels = Task(rng).draw(1)
    others, other_labels = Task(rng).draw(1)
    seed = rng.seed() // 2
    network, losses = trained(student, points, labels, seed)
    first = data_of(network.parameters())
    network, again = trained(student, points, labels, seed)
    assert data_of(network.parameters()) == close(first), "The same seed and data gave two different networks."
    network, _ = trained(student, points, labels, seed + 1)
    assert not data_of(network.parameters()) == close(first), "Another seed gave the same network."
    network, _ = trained(student, others, other_labels, seed)
    assert not data_of(network.parameters()) == close(first), "Other data gave the same network, from the same seed."
    assert losses[-1] < losses[0], "The losses are not those of a descent: the last is not below the first."
    for place in (0, 3):
        turned = labels.clone()
        turned[place] *= -1
        network, _ = trained(student, points, turned, seed)
        assert not data_of(network.parameters()) == close(first), (
            "Another label of one point gave the same network: train on all points, the last one too."
        )
