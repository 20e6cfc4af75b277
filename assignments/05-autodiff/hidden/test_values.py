"""Section 1 to 3: derivatives by hand, the operations of Value, and the order of the nodes."""

import torch
from autograder.checks import Failure, check, close, forbid, remote, source_of

SLOPES = "The slope for one parent is the derivative of the result with respect to it, the other parent held fixed."


def number(value):
    """A Python float that is right to nine digits."""
    return close(value, rtol=1e-11, atol=1e-13)


def numbers(values):
    """Several of them, in a tuple or a list."""
    return close(tuple(values), rtol=1e-11, atol=1e-13)


def some(rng, count, low=-2.0, high=2.0):
    """Random Python floats."""
    return rng.uniform(count, low=low, high=high, dtype=torch.float64).tolist()


def torch_slopes(f, *data):
    """(value, derivatives) of f by torch, in float64."""
    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in data]
    result = f(*inputs)
    gradients = torch.autograd.grad(result, inputs, allow_unused=True)
    return result.item(), tuple(0.0 if g is None else g.item() for g in gradients)


def derivatives(root, *leaves):
    """Derivatives of a small graph, from the slopes that its nodes hold: the sum over all nodes, in order."""
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
    return tuple(gradient.get(leaf, 0.0) for leaf in leaves)


@check("by_hand", points=1, hint="c^2, three times as much for b, and for c: 2c times what it is multiplied with.")
def test_the_formulas_hold_everywhere(student, rng):
    forbid(student, "hand_gradient", "torch", "functional", "backward", "grad")
    for a, b, c in (some(rng, 3, -5.0, 5.0), some(rng, 3), [1.0, 2.0, 0.0], [-3.0, 1.0, 2.0], [2.0, 5.0, -3.0]):
        _, want = torch_slopes(lambda a, b, c: (a + 3 * b) * c**2, a, b, c)
        assert student.hand_gradient(a, b, c) == numbers(want)
    assert student.hand_gradient(1, 2, -3) == numbers((9.0, 27.0, -42.0))


FUNCTIONS = (
    (1, lambda x: x * x * x - 2 * x),
    (1, lambda x: x.exp().sin()),
    (2, lambda x, y: x * y.tanh() + x / (1 + y * y)),
    (2, lambda x, y: (x - y) ** 2 * x),
    (4, lambda x, y, z, w: (x * y + z).tanh() * w + x * w),
    (3, lambda a, b, c: 5.0 * a + 0.0 * b - c),
)


@check(
    "by_hand",
    points=1,
    hint="One float64 tensor with requires_grad=True for each number; f of them; .backward(); .grad.item() of each.",
)
def test_torch_gives_the_gradient_of_any_function(student, rng):
    for alike in (False, True, False):
        for count, f in FUNCTIONS:
            inputs = some(rng, 1) * count if alike else some(rng, count)
            got = student.torch_gradient(f, *inputs)
            if not isinstance(got, list) or not all(type(one) is float for one in got):
                raise Failure(
                    "torch_gradient returns a list of Python floats: .grad.item() takes the number out of a tensor.",
                    "wrong_type",
                )
            assert remote(torch.nn.Linear)(1, 1).weight.dtype == torch.float32, (
                "torch's default dtype was changed, for everybody. Say dtype=torch.float64 where a tensor is made."
            )
            want = list(torch_slopes(f, *inputs)[1])
            assert got == close(want, rtol=1e-11, atol=1e-13), (
                "A derivative is wrong, or right to few digits only. Is everything in float64? Does each call start "
                "with fresh tensors, so that nothing of an earlier gradient is left? Has each number a tensor of its "
                "own, equal ones too?"
            )


def recorded(result, data, parents, slopes, what):
    """Fail unless a result holds what it should."""
    assert result.data == number(data), f"The value of {what} is wrong."
    got = tuple(result.parents)
    if len(got) != len(parents) or any(one is not other for one, other in zip(got, parents, strict=True)):
        raise Failure(
            f"The parents of {what} are not its operands themselves, in their order, as often as they were used: "
            f"{len(got)} came, {len(parents)} were expected. Hand on the operands, not copies of them."
        )
    assert result.slopes == numbers(slopes), f"The slopes of {what} are wrong. {SLOPES}"


@check(
    "value", points=1.5, hint="A sum has the slopes 1 and 1. A product has, for each factor, the other factor's data."
)
def test_sums_and_products_remember(student, rng):
    pairs = [some(rng, 2), some(rng, 2, -9.0, 9.0), [0.0, 3.5], [-2.0, 0.0], [1e3, 1e-3], [1.0, 1.0]]
    for x, y in pairs:
        a, b = student.Value(x), student.Value(y)
        recorded(a + b, x + y, (a, b), (1.0, 1.0), "a + b")
        recorded(b + a, x + y, (b, a), (1.0, 1.0), "a sum")
        recorded(a * b, x * y, (a, b), (y, x), "a * b")
        recorded(a + a, x + x, (a, a), (1.0, 1.0), "a + a")
        recorded(a * a, x * x, (a, a), (x, x), "a * a")
        assert (a.data, b.data, a.grad, b.grad) == numbers((x, y, 0.0, 0.0)), (
            "An operation changed its operands. It only makes a new Value."
        )
        assert len(tuple(a.parents)) == 0, "An operand that was a leaf has parents after an operation."
    for result, what in ((a + 3.0, "a + 3.0"), (a * 3.0, "a * 3.0")):
        found = tuple(result.parents)
        if len(found) != 2 or found[0] is not a or not found[1].data == number(3.0):
            raise Failure(f"The parents of {what} are a and a leaf made of the number, as `Value.of` makes it.")
    inner = a * b
    recorded(inner + a, inner.data + x, (inner, a), (1.0, 1.0), "(a * b) + a")
    recorded(inner * inner, inner.data**2, (inner, inner), (inner.data, inner.data), "(a * b) * (a * b)")


@check("value", points=1, hint="The derivative of a^n is n a^(n-1). The exponent is a number, not a parent.")
def test_powers_remember(student, rng):
    cases = [(x, n) for x in some(rng, 3, 0.3, 3.0) for n in (2, 3, -1, 0.5, -1.5, 1, 0, *some(rng, 1))]
    cases += [(-x, n) for x in some(rng, 2, 0.3, 3.0) for n in (1, 2, 3, -1, -2, 4)]
    cases += [(0.0, n) for n in (1, 2, 3)]
    for x, n in cases:
        a = student.Value(x)
        value, (slope,) = torch_slopes(lambda t: t**n, x)
        recorded(a**n, value, (a,), (slope,), "a ** n")


@check(
    "value",
    points=2,
    hint="exp: the result itself. log: 1/a. tanh: 1 - result^2. relu: 1 above 0, else 0 (at 0 too). "
    "math.tanh never overflows; a formula of exponentials does.",
)
def test_functions_remember(student, rng):
    points = {
        "exp": [*some(rng, 4, -3.0, 3.0), 0.0, -40.0, 20.0, 300.0],
        "log": [*some(rng, 4, 0.1, 5.0), 1.0, 1e-6, 1e6, 1e-40, 1e40],
        "tanh": [*some(rng, 4, -3.0, 3.0), 0.0, 400.0, -400.0, 1000.0, -1000.0],
        "relu": [*some(rng, 3, 0.1, 3.0), *some(rng, 3, -3.0, -0.1), 0.0, 0.01, -0.01, 50.0, 1e-9, -1e-9],
    }
    for name, values in points.items():
        for x in values:
            a = student.Value(x)
            value, slopes = torch_slopes(getattr(torch, name), x)
            recorded(getattr(a, name)(), value, (a,), slopes, f"a.{name}()")
            assert (a.data, a.grad) == numbers((x, 0.0)), f"a.{name}() changed its operand. It only makes a new "
            f"Value."


@check(
    "value",
    points=1,
    hint="pull gives, for each parent, the gradient times this node's slope for it. It adds nothing to "
    "anybody's .grad.",
)
def test_pull_is_the_chain_rule_at_one_node(student, rng):
    for count in (0, 1, 2, 2, 3):
        parents = [student.Value(x) for x in some(rng, count)]
        slopes = some(rng, count)
        node = student.Value(some(rng, 1)[0], parents, slopes)
        node.grad = 5.0
        for gradient in (*some(rng, 2), 1.0, 0.0):
            got = node.pull(gradient)
            assert isinstance(got, list | tuple), "pull returns a list, with one float for each parent."
            assert got == numbers(gradient * slope for slope in slopes)
        assert [node.grad, *(parent.grad for parent in parents)] == numbers([5.0] + [0.0] * count), (
            "pull changed a .grad. It only computes what reaches each parent; adding up is backward's work."
        )
    a = student.Value(2.5)
    assert (a * a).pull(2.0) == numbers((5.0, 5.0)), "In a * a the operand is there twice: one piece for each time."


EXPRESSIONS = (
    lambda a, b: 3 * a + 1,
    lambda a, b: 1 + a * 4,
    lambda a, b: 2 - a,
    lambda a, b: a - 2.5,
    lambda a, b: -a * b,
    lambda a, b: a - b * a,
    lambda a, b: a / b,
    lambda a, b: a / 4 + 2 / b,
    lambda a, b: (a * b + 3).tanh() * (a - b) ** 2,
    lambda a, b: ((a * b).exp() + 1).log() * b - (b - a).relu(),
)


@check("value", points=0.5, hint="With all operations right, everything that is made of them is right as well.")
def test_operations_go_together(student, rng):
    for expression in EXPRESSIONS:
        x, y = some(rng, 1, 0.2, 2.0) + some(rng, 1, -2.0, -0.2)
        a, b = student.Value(x), student.Value(y)
        root = expression(a, b)
        value, slopes = torch_slopes(expression, x, y)
        assert root.data == number(value)
        assert derivatives(root, a, b) == numbers(slopes)


class Node:
    """A node that counts how often somebody looks at its parents."""

    def __init__(self, looks, *parents):
        self.looks = looks
        self.known = parents

    @property
    def parents(self):
        self.looks.spend()
        return self.known


class Looks:
    """So many looks, and no more."""

    def __init__(self, limit):
        self.left = limit

    def spend(self):
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("parents were looked at too often")


def counted_doublings(count):
    """(root, leaf, looks) of z = z + z, `count` times: ten looks at each node are plenty."""
    looks = Looks(10 * (count + 1))
    leaf = node = Node(looks)
    for _ in range(count):
        node = Node(looks, node, node)
    return node, leaf, looks


def within_looks(call, looks):
    """The result of the call, or the words for one that walks along every path."""
    try:
        result = call()
    except Exception:
        if looks.left < 0:
            raise TOO_MANY from None
        raise
    if looks.left < 0:
        raise TOO_MANY
    return result


TOO_MANY = Failure(
    "In a graph of 61 nodes (z = z + z, 60 times), parents were looked at more than 600 times. Is every path walked? "
    "Remember the nodes that you have seen, and go on from each of them once.",
    "too_slow",
)


def random_graph(student, rng, count):
    """(nodes, parents of each): Values made directly, each from up to three earlier ones, sometimes from one "
    "twice."""
    nodes, parents = [], []
    for position in range(count):
        some_of_them = rng.integers(0, max(position, 1), (rng.size(0, 3) if position else 0,)).tolist()
        if position and position == count - 1:
            some_of_them = [0, position - 1, position - 1]
        nodes.append(student.Value(float(position), [nodes[i] for i in some_of_them], [1.0] * len(some_of_them)))
        parents.append(some_of_them)
    return nodes, parents


def below(parents, root):
    """Positions of the nodes that a root was made from, and its own."""
    found, waiting = set(), [root]
    while waiting:
        position = waiting.pop()
        if position not in found:
            found.add(position)
            waiting += parents[position]
    return found


def judge_order(order, nodes, parents, root):
    """Fail unless `order` is a topological order of what `root` was made from."""
    if type(order) is not list:
        raise Failure("topological_order returns a list of nodes.", "wrong_type")
    position = {node: i for i, node in enumerate(nodes)}
    if any(node not in position for node in order):
        raise Failure("The list has entries that are no nodes of the graph: nodes themselves belong there.")
    listed = [position[node] for node in order]
    if len(set(listed)) < len(listed):
        raise Failure("A node is listed twice. Look whether it was seen before it is opened, or before it is appended.")
    if set(listed) - below(parents, root):
        raise Failure("There are nodes in the list that the root was not made from: go from nodes to parents only.")
    if below(parents, root) - set(listed):
        raise Failure("Nodes are missing. All that the root was made from, and the root, belong into the list.")
    place = {node: i for i, node in enumerate(listed)}
    if any(place[parent] > place[node] for node in listed for parent in parents[node]):
        backwards = all(place[parent] > place[node] for node in listed for parent in parents[node])
        raise Failure(
            "The order is the reverse: parents come first, the root last."
            if backwards
            else "A node stands before one of its parents. Append it when ALL of its parents have been "
            "appended; that it "
            "was seen first, or put on the stack first, does not make it the later one."
        )


@check("topological_order", points=1, hint="A node is appended after all of its parents, once, and the root last.")
def test_the_order_of_random_graphs(student, rng):
    for count in (1, 2, 3, 5, 9, 16, 30):
        for _ in range(2):
            nodes, parents = random_graph(student, rng, count)
            for root in {count - 1, count // 2, 0}:
                judge_order(student.topological_order(nodes[root]), nodes, parents, root)
    made = [[], [], [0, 1], [0, 2], [3, 0], [4, 2, 0], [5, 1]]
    nodes = []
    for parents in made:
        nodes.append(student.Value(1.0, [nodes[i] for i in parents], [1.0] * len(parents)))
    for turned in (made, [list(reversed(parents)) for parents in made]):
        nodes = []
        for parents in turned:
            nodes.append(student.Value(1.0, [nodes[i] for i in parents], [1.0] * len(parents)))
        for root in range(len(made)):
            judge_order(student.topological_order(nodes[root]), nodes, turned, root)


@check(
    "topological_order",
    points=1,
    hint="Remember the nodes that you have seen in a set; `.parents` of a node is needed once. Nothing else is "
    "asked of "
    "a node: a Tensor is one, too.",
)
def test_every_node_is_opened_once_however_many_paths_there_are(student):
    root, leaf, looks = counted_doublings(60)
    order = within_looks(lambda: student.topological_order(root), looks)
    assert len(order) == 61, "The graph of 60 doublings has 61 nodes, and each belongs into the list once."
    assert order[0] is leaf and order[-1] is root, "The leaf comes first and the root last."


def their_chain(student, x, count):
    """x + x + ... + x by the notebook's own `chain`, if that gives it."""
    try:
        root = student.chain(x, count)
        return (
            root
            if [parent is x for parent in root.parents] == [False, True] and tuple(root.slopes) == (1.0, 1.0)
            else None
        )
    except Failure:
        return None


def long_chain(student, x, count):
    """x + x + ... + x, by the notebook's own `chain` if that gives it; else made here, which takes a second."""
    root = their_chain(student, x, count)
    if root is None:
        root = x
        for _ in range(count):
            root = student.Value(1.0, (root, x), (1.0, 1.0))
    return root


@check(
    "topological_order",
    points=1,
    hint="Recursion ends at about 1,000 nested calls. Use a list as a stack, and a loop. Keep what was seen in a set: "
    "to look for a node in a list takes the longer the more there are.",
)
def test_a_deep_graph(student):
    if any("setrecursionlimit" in cell for cell in source_of(student)):
        raise Failure(
            "The recursion limit is raised somewhere in the notebook. A deeper graph then crashes Python instead of "
            "raising an error: keep a stack of your own, and no recursion.",
            "forbidden_api",
        )
    x = student.Value(1.0)
    order = student.topological_order(long_chain(student, x, 5000))
    assert len(order) == 5001 and order[0] is x, "A chain of 5,000 additions has 5,001 nodes, the leaf first."
    deep = their_chain(student, x, 40_000)
    assert deep is None or len(student.topological_order(deep)) == 40_001, (
        "A chain of 40,000 additions has 40,001 nodes."
    )


@check(
    "count_paths", points=1, hint="Go through the reversed topological order; each node adds its count to its parents'."
)
def test_paths_of_random_graphs(student, rng):
    for count in (1, 2, 4, 8, 20):
        nodes, parents = random_graph(student, rng, count)
        for root in {count - 1, count // 2}:
            for leaf in {0, count // 3, count // 2, count - 1, root}:
                ways = [0] * count
                ways[root] = 1
                for position in reversed(range(root + 1)):
                    for parent in parents[position]:
                        ways[parent] += ways[position]
                got = student.count_paths(nodes[root], nodes[leaf])
                if type(got) is not int:
                    raise Failure("count_paths returns a Python int: floats are exact only up to 2^53.", "wrong_type")
                if got != ways[leaf] and leaf == root:
                    raise Failure("From a node to itself there is one path, the one of length 0.")
                if got != ways[leaf] and not ways[leaf]:
                    raise Failure("Where the root was not made from the leaf there are 0 paths.")
                assert got == close(ways[leaf]), (
                    "The number of paths is wrong. Is a node's count complete before it is added to its "
                    "parents', and "
                    "does a parent that is listed twice get it twice?"
                )
    for turned in (False, True):  # one way from the root to `near` is longer than the other
        leaf = student.Value(1.0)
        near = student.Value(2.0, (leaf, leaf), (1.0, 1.0))
        far = student.Value(2.0, (student.Value(2.0, (near,), (1.0,)),), (1.0,))
        root = student.Value(4.0, (far, near) if turned else (near, far), (1.0, 1.0))
        assert student.count_paths(root, leaf) == close(4), (
            "A node has two children, one of them further from the root than the other: its count is complete when "
            "both have added theirs. Is the order a topological one?"
        )
    x = student.Value(1.0)
    older, newer = x, student.Value(1.0, [x], [1.0])
    counts = [1, 1]
    for _ in range(95):
        older, newer = newer, student.Value(1.0, [older, newer], [1.0, 1.0])
        counts.append(counts[-1] + counts[-2])
    got = student.count_paths(newer, x)
    assert type(got) is int and got == counts[-1], "Large numbers of paths are not exact. Count with Python ints."


@check(
    "count_paths",
    points=1,
    hint="One count for each node, and one visit: no walking along paths, no recursion. Keep the counts in a dict: "
    "list.index looks through the whole list.",
)
def test_paths_are_not_walked(student):
    root, leaf, looks = counted_doublings(60)
    got = within_looks(lambda: student.count_paths(root, leaf), looks)
    assert type(got) is int and got == 2**60, "Sixty doublings: each has two arrows to the one before it."
    x = student.Value(1.0)
    for count, deep in ((5000, long_chain(student, x, 5000)), (40_000, their_chain(student, x, 40_000))):
        assert deep is None or student.count_paths(deep, x) == close(count + 1), (
            "A deep chain of sums: one path for each term."
        )
