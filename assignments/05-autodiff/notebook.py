# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 05 · Automatic differentiation: build your own autograd
#
# A network with a million parameters has one loss, and training needs a million slopes: how much does the loss change
# if this weight changes a little? **Backpropagation** finds all of them for about the price of computing the loss a
# few times. `loss.backward()` looks like magic. It is a graph, the chain rule, and a good order of work, and in this
# notebook you write all three:
#
#     forward:   a, b, c ──► a + 3b ──► (a + 3b)·c² ──► L         remember who was made from what
#     backward:  dL/da, dL/db, dL/dc ◄── chain rule ◄── 1         walk the same graph the other way
#
# First with plain numbers (`Value`), up to a network that learns XOR. Then with arrays (`Tensor`), where broadcasting
# wants to be undone. At the end you look into PyTorch's own autograd and recognise every part.
#
# | word | meaning |
# |---|---|
# | node | one number (or array) of the computation, with the nodes that it was made from: its **parents** |
# | leaf | a node without parents: an input, a parameter, a constant |
# | root | the node that we differentiate, the loss |
# | slope | the derivative of a node with respect to one of its parents, the others held fixed |
# | `.grad` | the derivative of the *root* with respect to this node |
#
# Each section goes the same way: **predict** on paper, **implement**, **compare** with torch, **explain**.

# %%
from autograder import check

# %%
import math
import random

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F

# %% [markdown]
# ## 1. By hand, once
#
# Take $L = (a + 3b)\,c^2$. Break it into steps that each do one thing, and write the slope of each step beside it:
#
# | step | slopes |
# |---|---|
# | $d = 3b$ | $\partial d/\partial b = 3$ |
# | $e = a + d$ | $\partial e/\partial a = 1,\quad \partial e/\partial d = 1$ |
# | $s = c^2$ | $\partial s/\partial c = 2c$ |
# | $L = e \cdot s$ | $\partial L/\partial e = s,\quad \partial L/\partial s = e$ |
#
# The **chain rule**: along a path from $L$ down to an input, multiply the slopes. $L \to e \to d \to b$ gives
# $s \cdot 1 \cdot 3 = 3c^2$.
#
# **Predict.** All three derivatives at $(a, b, c) = (2, 3, 4)$, on paper, before you read on. If you changed one of
# the three numbers by 0.01, which change would move $L$ most?
#
# **Implement** the three formulas, and then the same question asked of PyTorch: mark numbers with
# `requires_grad`, compute, call `backward`, read `.grad`.

# %%
#| exercise: by_hand
def hand_gradient(a, b, c):
    """The derivatives of L = (a + 3b) c^2, by your own formulas: plain arithmetic, nothing of torch.

    Args:
        a, b, c: Python numbers.

    Returns:
        (dL/da, dL/db, dL/dc), three Python numbers.

    >>> hand_gradient(1.0, 0.0, 1.0)
    (1.0, 3.0, 2.0)
    """
    # BEGIN SOLUTION
    return c**2, 3 * c**2, 2 * c * (a + 3 * b)
    # END SOLUTION


def torch_gradient(f, *numbers):
    """The derivatives of any function of some numbers, by torch's autograd.

    Args:
        f: a function that takes as many 0-d tensors as there are numbers and gives a 0-d tensor that depends on
            each of them.
        numbers: Python floats.

    Returns:
        The list of the derivatives of f with respect to each number, Python floats, computed in float64. torch's
        default dtype stays as it is.

    >>> torch_gradient(lambda x, y: x * y, 2.0, 5.0)
    [5.0, 2.0]
    """
    # BEGIN SOLUTION
    inputs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    f(*inputs).backward()
    return [x.grad.item() for x in inputs]
    # END SOLUTION


# %% [markdown]
# **Compare.** Three numbers each; they should be the same, and those on your paper.

# %%
print("by hand: ", hand_gradient(2.0, 3.0, 4.0))
print("by torch:", torch_gradient(lambda a, b, c: (a + 3 * b) * c**2, 2.0, 3.0, 4.0))

# %% [markdown]
# **Explain.** $dL/dc$ does not depend on how $a + 3b$ came about, only on its value. Which two numbers does the last
# step need to remember from the forward computation in order to give its slopes?

# %% [markdown]
# ## 2. A number that remembers
#
# To do by program what you did on paper, every number has to know where it came from. A `Value` holds a number
# (`data`), the Values that it was made from (`parents`), and for each parent one **slope**, as a number, at the
# present values. Making `c = a * b` costs one multiplication, and a note: *made from a and b, with slopes b and a*.
#
# | operation | value | slope for each parent |
# |---|---|---|
# | `a + b` | $a + b$ | 1, 1 |
# | `a * b` | $ab$ | ? |
# | `a ** n` | $a^n$ | ? |
# | `a.exp()`, `a.log()`, `a.tanh()` | $e^a$, $\ln a$, $\tanh a$ | ? |
# | `a.relu()` | $\max(0, a)$ | ? (say 0 where $a = 0$, as torch does) |
#
# **Predict** the question marks. Three of them can be written with the *result* of the operation: which?
#
# The last method, `pull`, is the chain rule at one node. A change of the root per change of *this node* is known
# (call it the gradient of this node). What part of it goes to each parent?

# %%
#| exercise: value
class Value:
    """A number, and where it came from.

    Attributes:
        data: the number, a Python float.
        parents: tuple of the Values that it was made from, in the order of the operands; () for a leaf. An operand
            that was used twice, as in a * a, is there twice.
        slopes: tuple of as many floats: the derivative of this value with respect to each of the parents, the other
            parent held fixed.
        grad: the derivative of some root with respect to this value; 0.0 until `backward` (section 5) fills it.

    >>> c = Value(2.0) * Value(5.0)
    >>> c.data, c.slopes
    (10.0, (5.0, 2.0))
    >>> c.pull(3.0)
    [15.0, 6.0]
    """

    def __init__(self, data, parents=(), slopes=()):
        self.data = float(data)
        self.parents = tuple(parents)
        self.slopes = tuple(slopes)
        self.grad = 0.0

    def __add__(self, other):
        """self + other. Two Values, or a Value and a number: `Value.of(other)` makes a leaf of a number."""
        other = Value.of(other)
        # BEGIN SOLUTION
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        # END SOLUTION

    def __mul__(self, other):
        """self * other."""
        other = Value.of(other)
        # BEGIN SOLUTION
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        # END SOLUTION

    def __pow__(self, exponent):
        """self ** exponent, for an exponent that is a plain number, any one where self.data > 0. Where self.data is 0
        or negative only whole exponents are asked for (for 0, from 1 on). The only parent is self."""
        # BEGIN SOLUTION
        return Value(self.data**exponent, (self,), (exponent * self.data ** (exponent - 1),))
        # END SOLUTION

    def exp(self):
        """e to the power of self."""
        # BEGIN SOLUTION
        result = math.exp(self.data)
        return Value(result, (self,), (result,))
        # END SOLUTION

    def log(self):
        """The natural logarithm of self, for self.data > 0."""
        # BEGIN SOLUTION
        return Value(math.log(self.data), (self,), (1 / self.data,))
        # END SOLUTION

    def tanh(self):
        """The hyperbolic tangent of self, for any self.data, however large."""
        # BEGIN SOLUTION
        result = math.tanh(self.data)
        return Value(result, (self,), (1 - result**2,))
        # END SOLUTION

    def relu(self):
        """The larger of self and 0. Its slope is 1.0 above 0, and 0.0 at 0 and below."""
        # BEGIN SOLUTION
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,))
        # END SOLUTION

    def pull(self, gradient):
        """The chain rule at this node.

        Args:
            gradient: a float, the derivative of a root with respect to this value.

        Returns:
            List of one float for each parent, in their order: what reaches the parent through this node. Nothing is
            changed, neither here nor in the parents.
        """
        # BEGIN SOLUTION
        return [gradient * slope for slope in self.slopes]
        # END SOLUTION

    # What follows is made of the operations above, and is given.
    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -Value.of(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * Value.of(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def __repr__(self):
        return f"Value({self.data:g})"


# %% [markdown]
# **Compare.** The example of section 1, with every slope that you wrote on paper. This small program draws the graph:
# each box is a node, each arrow carries its slope. (The drawing asks for nothing but `parents` and `slopes`.)

# %%
def columns_of(root):
    """Lists of nodes by their longest distance from the root. It walks every path: for small graphs only."""
    distance = {}

    def visit(node, steps):
        distance[node] = max(steps, distance.get(node, 0))
        for below in node.parents:
            visit(below, steps + 1)

    visit(root, 0)
    return [[node for node in distance if distance[node] == column] for column in range(max(distance.values()) + 1)]


def draw_graph(root, names, title, ax):
    """The computation graph, the root on the right. `names`: a dict from nodes to their labels."""
    place = {}
    for column, nodes in enumerate(columns_of(root)):
        for row, node in enumerate(nodes):
            place[node] = (-2.0 * column, (len(nodes) - 1) / 2 - row)
    for node, (x, y) in place.items():
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            px, py = place[parent]
            arrow = {"arrowstyle": "->", "color": "tab:gray", "shrinkA": 0, "shrinkB": 36}
            ax.annotate("", (x, y), (px, py), arrowprops=arrow, zorder=1)
            words = {"ha": "center", "va": "center", "color": "tab:red", "fontsize": 9, "backgroundcolor": "white"}
            ax.text(x - 0.95, y + 0.47 * (py - y), f"{slope:g}", zorder=2, **words)
        label = f"{names.get(node, '')}\n{node.data:g}".strip()
        if node.grad:
            label += f"\ngrad {node.grad:g}"
        box = {"boxstyle": "round", "facecolor": "white" if node.parents else "#dbe9f6", "edgecolor": "tab:blue"}
        ax.text(x, y, label, ha="center", va="center", fontsize=9, bbox=box, zorder=3)
    xs, ys = zip(*place.values(), strict=True)
    ax.set(xlim=(min(xs) - 0.7, max(xs) + 0.7), ylim=(min(ys) - 0.6, max(ys) + 0.6), title=title)
    ax.set_axis_off()


a, b, c = Value(2.0), Value(3.0), Value(4.0)
d = 3 * b
e = a + d
s = c**2
L = e * s
names = {a: "a", b: "b", c: "c", d: "d = 3b", e: "e = a + d", s: "s = c²", L: "L = e·s"}
figure, ax = plt.subplots(figsize=(9, 3.4), layout="constrained")
draw_graph(L, names, "The computation graph of L = (a + 3b) c², with slopes at (2, 3, 4)", ax)
plt.show()

# %% [markdown]
# **Explain.** The leaf `3` is in the picture as well. It has a derivative like everybody else; why do we never ask
# for it? And what would the drawing of `a * a` look like?

# %% [markdown]
# ## 3. Parents first: a topological order
#
# To go through the graph, forward or backward, we need the nodes in an order in which **every node comes after all of
# its parents**: a *topological order*. Forward order is this; backward order is the reverse.
#
# The textbook answer is a depth-first search that appends a node after its parents have been appended. Written with
# recursion it is five lines, and fails at the first long sum: Python stops at about 1,000 nested calls. A loop over a
# sequence makes graphs that are tens of thousands deep. So keep your own **stack**, a list. Raising the recursion
# limit is no answer: it trades an error message for a crash.
#
# **Predict.** A node with two children would be visited twice. What do you have to remember so that it is listed
# once? At which moment is it right to write "seen": when a node is put on the stack, or when it is taken off? (Try
# $y = x + (x + 1)$ with pencil and paper.)
#
# **Implement.** Ask the nodes for nothing but `.parents`: then the same function serves the arrays of section 10, and
# whatever else has parents.

# %%
#| exercise: topological_order
def topological_order(root):
    """All nodes that `root` was made from, and root itself, parents before children.

    Args:
        root: a node: anything with an attribute `parents`, a tuple of nodes. Nodes are told apart by identity; they can
            be members of sets and keys of dictionaries.

    Returns:
        List of nodes, each once. Every node stands after all of its parents; so root comes last. (There may be several
        such orders; each is right.) The graph is not changed.

    Chains of 40,000 operations are no problem, and neither are graphs with more paths than there are atoms: the work
    grows with the number of nodes and arrows, so that a node's parents are looked at a few times, however many paths
    lead to it. No recursion, and the recursion limit stays as it is.

    >>> x = Value(1.0)
    >>> y = x + x
    >>> topological_order(y) == [x, y]
    True
    """
    # BEGIN SOLUTION
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, parents_are_done = stack.pop()
        if parents_are_done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
    # END SOLUTION


def chain(x, n):
    """x + x + ... + x with n additions, a graph n deep. Given, to try things on."""
    total = x
    for _ in range(n):
        total = total + x
    return total


# %% [markdown]
# **Compare.** A small graph, by name; then a deep one.

# %%
print(" < ".join(names.get(node, "3") for node in topological_order(L)))
print("nodes of a chain of 5,000 additions:", len(topological_order(chain(Value(1.0), 5000))))

# %% [markdown]
# **Explain.** Is "in the order in which they were created" a topological order, too? (PyTorch's engine counts on it:
# every node gets a number when it is made, and of those that are ready the one with the largest number goes first.)

# %% [markdown]
# ## 4. How many paths?
#
# The chain rule in full: the derivative of the root with respect to $x$ is the **sum over all paths** from the root
# down to $x$ of the **product of the slopes** along the path. In $L = (a+3b)c^2$ there was one path to each input.
# Now take
#
#     z = x
#     z = z + z        # repeat this line n times
#
# **Predict.** How many nodes has this graph after 60 repetitions, and how many paths lead from the last z to x? (An
# arrow for each parent: `z + z` has two arrows to the same node, and each makes paths of its own.)
#
# Adding up path by path is hopeless. But all paths through a node share what comes below it. So do not walk paths;
# go through the *nodes* in order, once, and give each node one number, made from the numbers of its neighbours. That
# is **dynamic programming**, and here you do it for the simplest question.

# %%
#| exercise: count_paths
def count_paths(root, leaf):
    """How many paths lead from `root` down to `leaf`, going from nodes to their parents.

    Args:
        root: a node, as for topological_order.
        leaf: a node. Where root was not made from it, the answer is 0; from a node to itself there is one path.

    Returns:
        A Python int, exact, however large. A parent that is listed twice counts as two arrows. The work grows with the
        number of nodes and arrows, not with the number of paths; deep graphs are no problem. Nodes are not changed.

    >>> x = Value(1.0)
    >>> y = x + x
    >>> count_paths(y * y, x)
    4
    """
    # BEGIN SOLUTION
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths.get(leaf, 0)
    # END SOLUTION


# %% [markdown]
# **Compare** with somebody who really walks, and counts the steps:

# %%
def doubled(x, n):
    for _ in range(n):
        x = x + x
    return x


def steps_of_walking_all_paths(root):
    """Arrows walked along by the plain sum over paths."""
    return sum(1 + steps_of_walking_all_paths(parent) for parent in root.parents)


depths = range(1, 15)
figure, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
walked = [steps_of_walking_all_paths(doubled(Value(1.0), n)) for n in depths]
arrows = [sum(len(node.parents) for node in topological_order(doubled(Value(1.0), n))) for n in depths]
ax.semilogy(depths, walked, "o-", color="tab:red", label="path by path")
ax.semilogy(depths, arrows, "o-", color="tab:blue", label="node by node")
ax.set(title="z = z + z, n times: two ways to apply the chain rule", xlabel="n", ylabel="arrows walked along")
ax.legend()
plt.show()
start = Value(1.0)
print("paths at n = 60:", count_paths(doubled(start, 60), start))

# %% [markdown]
# **Explain.** If all slopes are 1, the number of paths *is* the derivative. What has to change in `count_paths` for
# slopes that are not?

# %% [markdown]
# ## 5. Backward
#
# Now the real thing. Each node gets one number, its `grad`: the derivative of the root with respect to it. The root's
# is
# 1. Going through the nodes from the root to the leaves, each node passes on what its parents get: `node.pull(grad)`.
#
# When a node's turn comes, **all its children must have had theirs**: only then is its sum complete. The reversed
# topological order sees to that.
#
# There is one more question, on which many home-made autograds fail: what if `backward` is called *twice*, for two
# losses that share a part of the graph? PyTorch's answer, and ours: **leaves accumulate**. A leaf's gradient is
# *added* to what is there already, so that two losses give the gradient of their sum. Inner nodes belong to one
# backward pass: they start afresh, or else what was left from the first pass would be sent down again.
#
# **Predict** `a.grad` after `b = a + a; b.backward()`. What would it be, had you written `=` in place of `+=`?
# Then predict it after a second `b.backward()`.

# %%
#| exercise: backward
def backward(root):
    """Fill `.grad` of root and of every node that it was made from.

    Afterwards a **leaf** (no parents) has in `.grad` what was there before, *plus* the derivative of root with respect
    to it. An **inner node** (one with parents) has the derivative of root with respect to it, whatever it had before.

    Args:
        root: a node with `.parents`, `.grad` and `.pull(gradient)`, as Value has them: `pull` gives one piece for each
            parent. Ask a node to pull once, when its gradient is complete. The derivative of root with respect to
            itself is 1.0 (also if root is a leaf). Use nothing else of a node: this function serves Tensors, too. (So
            write `node.grad = node.grad + piece`: right for numbers and arrays, and it changes no array in place.)

    Returns:
        None. Values, parents and slopes stay as they are. Graphs may be deep, and may have many paths.

    >>> a = Value(3.0)
    >>> backward(a * a)
    >>> a.grad
    6.0
    """
    # BEGIN SOLUTION
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
    # END SOLUTION


# %% [markdown]
# **Compare.** The three numbers of section 1, now without a formula. And a function in which everything is used
# several times, beside torch:

# %%
backward(L)
figure, ax = plt.subplots(figsize=(9, 3.6), layout="constrained")
draw_graph(L, names, "After backward: each node knows its own derivative of L", ax)
plt.show()


def tangled(x, y):
    u = x * y + x
    v = u * u - y.exp() / x
    return (u + v).tanh() * v + x


x, y = Value(0.7), Value(-0.4)
backward(tangled(x, y))
print("yours: ", [round(x.grad, 6), round(y.grad, 6)])
print("torch's:", [round(g, 6) for g in torch_gradient(tangled, 0.7, -0.4)])

# %% [markdown]
# **Explain.** Take a wrong order, in which a node pulls before its last child has. Which part of the derivative is
# lost?

# %% [markdown]
# ### In your own words
#
# Read sections 4 and 5 once more and answer in five or six sentences. **Why is backpropagation dynamic programming?**
# Say what the subproblems are (what is the one number that is stored for each node?), which recurrence connects them,
# in which order they are solved and why that order is allowed; and compare the number of multiplications with that of
# the sum over paths for the graph of 60 doublings.

# %% [markdown]
# <!-- exercise: dynamic_programming -->
# The subproblem of a node v is the derivative of the root with respect to v; it is one number, `v.grad`, and it is
# stored. The recurrence: grad(v) is the sum, over all arrows from a child u of v, of grad(u) times the slope of that
# arrow; grad(root) = 1. It equals the sum over all paths of products of slopes, because every path from the root to v
# passes its last arrow from exactly one child, and the common beginning is factored out. Solved in reverse
# topological order: when v has its turn, all of its children are complete, so nothing is computed twice and nothing
# is missing. Each arrow costs one multiplication. Sixty doublings have 61 nodes and 120 arrows, so 120
# multiplications; the sum over paths has 2^60 (about 10^18) products of 60 slopes each. Overlapping subproblems
# (shared nodes) with stored answers are what makes it dynamic programming; without sharing (a tree) both would cost
# the same.

# %% [markdown]
# ## 6. Downhill: zero, forward, backward, step
#
# With gradients we can descend. One step:
#
# 1. **zero**: leaves accumulate, so the gradients of the last step have to go;
# 2. **forward**: compute the loss. This makes a new graph every time;
# 3. **backward**;
# 4. **step**: every parameter goes a little against its gradient, $p \leftarrow p - \text{rate} \cdot \partial
#    L/\partial p$.
#
# **Predict.** Without step 1, which sum does the fifth step follow? Accumulating has its good uses as well: two
# half batches, backward on each, one step. Why is that the same as one large batch?

# %%
#| exercise: descend
def zero_grad(parameters):
    """Set `.grad` of each of the parameters (an iterable of leaves) to 0.0. Returns None."""
    # BEGIN SOLUTION
    for parameter in parameters:
        parameter.grad = 0.0
    # END SOLUTION


def descend(loss_of, parameters, rate, steps):
    """Gradient descent.

    Args:
        loss_of: a function without arguments that computes the loss from the parameters' present values and returns
            its root node. Call it once in each step: it may look at other data each time.
        parameters: list of leaves with `.data` and `.grad`. What is in `.grad` when they come does not count. Steps
            change `.data` of these, and of nothing else: assign `p.data = p.data - ...`, which is right for numbers and
            arrays (-= would change an array in place that somebody else may hold).
        rate: the learning rate, a float.
        steps: how many steps to take; 0 or more.

    Returns:
        The list of the losses (`.data` of the root, as Python floats), each as it was before its step.

    >>> w = Value(10.0)
    >>> descend(lambda: w * w, [w], 0.25, 3)
    [100.0, 25.0, 6.25]
    >>> w.data
    1.25
    """
    # BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
    # END SOLUTION


# %% [markdown]
# **Compare.** Ten steps of torch's SGD and of yours, from the same point:

# %%
w = [Value(1.5), Value(-2.0)]
losses = descend(lambda: (w[0] * w[1] - 1) ** 2 + w[0] ** 2, w, 0.05, 10)
tw = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in (1.5, -2.0)]
optimizer = torch.optim.SGD(tw, lr=0.05)
for _ in range(10):
    optimizer.zero_grad()
    ((tw[0] * tw[1] - 1) ** 2 + tw[0] ** 2).backward()
    optimizer.step()
print("yours: ", [round(p.data, 8) for p in w])
print("torch's:", [round(p.item(), 8) for p in tw])

# %% [markdown]
# ## 7. Neurons, layers, XOR
#
# A **neuron** computes a weighted sum of its inputs plus a bias, and bends it: $h = \tanh(w \cdot x + b)$. Its
# ancestor, the **perceptron** (1958), is the special case in which the bend is a step: on or off. A step has the
# slope 0 wherever it has one, and no gradient ever comes back through it. That one change, from a step to a smooth
# bend, is what makes learning by backpropagation possible.
#
# A **layer** is several neurons on the same inputs; it is **fully connected** (dense) if each neuron sees all of
# them. A layer between input and output is **hidden**: no data says what it should compute. To go through the layers
# from input to output is **forward propagation**, and a network without loops is **feed-forward**.
#
# The smallest task that needs a hidden layer is XOR: "exactly one of the two". No line through the plane parts its
# two classes.
#
# **Predict.** How many parameters has a network with 2 inputs, 4 hidden neurons and one output?
#
# **Implement** the network and its training. The loss is yours to choose: with labels $y = \pm 1$ and score $s$, the
# mean of
# $(s - y)^2$ is one that works, the logistic loss $\log(1 + e^{-ys})$ is another. Use your own `descend`, or write
# the loop anew.

# %%
#| exercise: xor
class Network:
    """inputs -> hidden layer of tanh neurons -> one score (a weighted sum of the hidden values, plus a bias; no tanh).

    Args:
        n_in: number of inputs.
        n_hidden: number of hidden neurons.
        seed: int. Weights are drawn from a normal distribution with mean 0 and standard deviation 1, by
            `random.Random(seed)`, a generator of your own: the same seed gives the same network, another seed
            another one, and the generator that everybody shares stays untouched. Biases start at 0.

    >>> network = Network(2, 4, seed=0)
    >>> len(network.parameters())
    17
    """

    def __init__(self, n_in, n_hidden, seed):
        # BEGIN SOLUTION
        draw = random.Random(seed)
        self.hidden = [([Value(draw.gauss(0, 1)) for _ in range(n_in)], Value(0.0)) for _ in range(n_hidden)]
        self.output = ([Value(draw.gauss(0, 1)) for _ in range(n_hidden)], Value(0.0))
        # END SOLUTION

    def parameters(self):
        """List of the Values that can be trained, always the same objects in the same order: for each hidden neuron its
        weights, then its bias; then the weights and the bias of the output."""
        # BEGIN SOLUTION
        return [value for weights, bias in [*self.hidden, self.output] for value in [*weights, bias]]
        # END SOLUTION

    def __call__(self, inputs):
        """The score, a Value made from the parameters' present values. `inputs`: a list or tuple of n_in numbers."""
        # BEGIN SOLUTION
        def weighted(weights, bias, values):
            total = bias
            for weight, value in zip(weights, values, strict=True):
                total = total + weight * value
            return total

        hidden = [weighted(weights, bias, inputs).tanh() for weights, bias in self.hidden]
        return weighted(*self.output, hidden)
        # END SOLUTION


def train_xor(points, labels, seed):
    """Train a Network with two inputs so that the sign of its score is the label.

    The check gives it two dozen points around four corners like those of XOR (a square with its center at 0, turned
    by some angle; opposite corners have the same label), and judges by other points around the same corners. A
    network of 4 hidden neurons and 60 to 150 steps of descent are enough.

    Args:
        points: list of pairs of floats, about -1 ... 1.
        labels: list of as many floats, 1.0 or -1.0.
        seed: int; the same seed gives the same result.

    Returns:
        (network, losses): the trained Network, and the list of the losses of all steps, Python floats.
    """
    # BEGIN SOLUTION
    network = Network(2, 4, seed)

    def loss_of():
        total = Value(0.0)
        for point, label in zip(points, labels, strict=True):
            total = total + (1 + (network(point) * -label).exp()).log()
        return total * (1 / len(points))

    losses = descend(loss_of, network.parameters(), 1.0, 60)
    return network, losses
    # END SOLUTION


# %% [markdown]
# **Look** at what it learned: the score over the plane, and the line where it changes sign. (Each pixel is a forward
# pass through your Values.)

# %%
draw = random.Random(1)
corners = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)]
points = [(x + draw.gauss(0, 0.2), y + draw.gauss(0, 0.2)) for x, y in corners * 6]
labels = [1.0 if x * y < 0 else -1.0 for x, y in corners * 6]
network, losses = train_xor(points, labels, seed=0)

ticks = np.linspace(-1.8, 1.8, 41)
scores = np.array([[network((x, y)).data for x in ticks] for y in ticks])
bound = math.ceil(np.abs(scores).max())
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
left.plot(losses, color="tab:blue")
left.set(title="Training by your own autograd", xlabel="step", ylabel="loss")
shown = right.contourf(ticks, ticks, scores, levels=np.linspace(-bound, bound, 4 * bound + 1), cmap="RdBu")
right.contour(ticks, ticks, scores, levels=[0], colors="black")
for label, color, name in ((1.0, "navy", "exactly one"), (-1.0, "darkred", "none or both")):
    chosen = [point for point, one in zip(points, labels, strict=True) if one == label]
    right.scatter(*zip(*chosen, strict=True), color=color, edgecolor="white", label=name)
right.set(title="The score, and where its sign changes", xlabel="first input", ylabel="second input")
right.legend(loc="upper center", fontsize=8)
figure.colorbar(shown, ax=right)
plt.show()
right_ones = sum((network(point).data > 0) == (label > 0) for point, label in zip(points, labels, strict=True))
print(f"right: {right_ones} of {len(points)}")

# %% [markdown]
# **Explain.** What would happen in the first step if all weights started at 0? (Compute the gradient of a hidden
# weight.)

# %% [markdown]
# ## 8. Trust, but verify: numerical gradients
#
# How do you know that a gradient is right? The definition needs no chain rule:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2\varepsilon}.$$
#
# This **central difference** errs by about $\varepsilon^2 |f'''|/6$; the one-sided (forward) difference
# $(f(x+\varepsilon e_i) - f(x))/\varepsilon$ by $\varepsilon |f''|/2$. And there is a second error, which *grows* as
# $\varepsilon$ shrinks: two almost equal numbers are subtracted, their rounding errors of about $10^{-16}$ remain,
# and are divided by $\varepsilon$.
#
# **Predict.** For which $\varepsilon$, roughly, is the sum of both errors smallest, for each of the two formulas?
#
# It takes two calls of f for *each* input. For checking a small example it is the best friend there is; for training
# a million parameters it is hopeless.

# %%
#| exercise: numerical_gradient
def numerical_gradient(f, x, eps=1e-5):
    """The gradient of f at x by central differences.

    Args:
        f: a function from an array of x's shape to a Python float. It may be called with arrays that you change
            afterwards; it keeps none of them.
        x: float64 array of any shape, also () and any memory layout (a transpose, a slice). It is not changed, not even
            for a while, since f might look at it.
        eps: the step, a float.

    Returns:
        float64 array of x's shape: (f(x + eps e_i) - f(x - eps e_i)) / (2 eps) at each place i, where e_i is 1 at i and
        0 elsewhere. f is called twice for each element.

    >>> numerical_gradient(lambda x: float(x[0] * x[1]), np.array([2.0, 5.0]), eps=0.5)
    array([5., 2.])
    """
    # BEGIN SOLUTION
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        gradient[place] = (f(up) - f(down)) / (2 * eps)
    return gradient
    # END SOLUTION


# %% [markdown]
# **Compare.** The errors of both formulas over fifteen powers of ten, for $f(x) = \sin(x)\,e^x$ at $x = 1$:

# %%
def wave(x):
    return float(np.sin(x) * np.exp(x))


exact = (math.sin(1) + math.cos(1)) * math.e
steps = 10.0 ** np.arange(-15, 0, 0.25)
central = [abs(float(numerical_gradient(wave, np.array(1.0), eps)) - exact) for eps in steps]
forward = [abs((wave(1 + eps) - wave(1)) / eps - exact) for eps in steps]
figure, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
ax.loglog(steps, np.maximum(forward, 1e-14), "o-", markersize=3, color="tab:orange", label="forward difference")
ax.loglog(steps, np.maximum(central, 1e-14), "o-", markersize=3, color="tab:blue", label="central difference")
ax.set(title="Too large a step is inexact, too small a step is noise", xlabel="eps", ylabel="error of the derivative")
ax.legend()
plt.show()

# %% [markdown]
# **Explain.** Read the slopes off the right-hand sides of the two curves. Which powers of $\varepsilon$ are they? In
# float32, where rounding errors are near $10^{-7}$, how would the picture move?

# %% [markdown]
# ### In your own words
#
# A model has $n$ parameters and one loss. Compare three ways to its gradient: numerical differences, **forward mode**
# (carry the derivative with respect to *one* input along with the forward computation), and **reverse mode** (what
# you wrote). (a) How many times the cost of one forward computation does each need, roughly, and why is reverse mode
# the choice for training? (b) What does reverse mode pay in memory that forward mode does not? (c) Give a function
# for which forward mode is the better choice.

# %% [markdown]
# <!-- exercise: reverse_mode -->
# (a) Numerical differences: two forward computations for each parameter, 2n in all (n + 1 one-sided), and inexact.
# Forward mode: one pass gives the derivative of all outputs in one direction of the input, so n passes for n
# parameters, each a small constant times a forward computation; exact. Reverse mode: one backward pass gives the
# derivatives of one output with respect to all inputs; each arrow is used once, so a small constant (about two to
# four) times the forward cost, whatever n is. Training has one loss and millions of parameters: reverse mode. (b) The
# backward pass needs the values of the forward pass (operands, masks, results), so these stay in memory until it has
# been done: memory grows with depth and batch size. Forward mode can drop each value once its children are computed.
# (c) Few inputs, many outputs: a curve t -> (x(t), y(t), z(t)), or the sensitivity of a whole simulation to one
# physical constant; also Jacobian-vector products such as those inside a Newton-CG step.

# %% [markdown]
# ## 9. Arrays: undo the broadcasting
#
# A node for each number is slow. From here on a node is an array, and the rules become rules for arrays. For the most
# part they are the same ones, element by element. One thing is new.
#
# In `x + b` with x of shape (B, D) and b of shape (D,), **broadcasting** uses each element of b B times. Used B
# times: it has B children, and its gradient is the **sum** of what comes from each. So the gradient of shape (B, D)
# that arrives at the sum must be summed back to (D,) before it is b's.
#
# **Predict** the axes to sum over, and whether they stay with size 1 or go: a gradient of shape (5, 4, 3) on its way
# to an operand of shape (4, 3), (1, 3), (4, 1), (5, 1, 3), ().

# %%
#| exercise: unbroadcast
def unbroadcast(gradient, shape):
    """Sum a gradient over what broadcasting repeated.

    Args:
        gradient: float64 array, of the shape that an operand was broadcast to. Not changed.
        shape: tuple, the shape of the operand before: `np.broadcast_to(operand, gradient.shape)` would be possible.

    Returns:
        float64 array of exactly this shape: each element is the sum of the gradient's elements that the operand's
        element was repeated to.

    >>> unbroadcast(np.ones((4, 3)), (3,))
    array([4., 4., 4.])
    >>> unbroadcast(np.ones((4, 3)), (4, 1)).shape
    (4, 1)
    """
    # BEGIN SOLUTION
    added = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(added)))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=stretched, keepdims=True).reshape(shape)
    # END SOLUTION


# %% [markdown]
# **Compare** with torch, which has done it for you all along:

# %%
for shape in ((4, 3), (1, 3), (4, 1), (5, 1, 3), ()):
    operand = torch.zeros(shape, requires_grad=True)
    (operand + torch.zeros(5, 4, 3)).sum().backward()
    print(shape, "->", unbroadcast(np.ones((5, 4, 3)), shape).shape, "torch:", tuple(operand.grad.shape))

# %% [markdown]
# **Explain.** "The backward of a broadcast is a sum." What, then, is the backward of a sum?

# %% [markdown]
# ## 10. Tensor
#
# The slope of an array with respect to an array would be a matrix with a row for each output and a column for each
# input (the Jacobian): far too large, and never needed. What is needed is its product with the gradient that comes
# from above. So a `Tensor` keeps for each parent a **function**, its *pullback*: gradient of the result in, gradient
# of the parent out, in the parent's shape.
#
# | operation | pullback of the gradient $g$ |
# |---|---|
# | `x + y` | unbroadcast($g$) to each shape |
# | `x * y` | ? |
# | `x @ y`, $(n,k)\,(k,m)$ | ? for x, ? for y. The shapes leave only one possibility |
# | `x.sum(axis, keepdims)` | $g$ again, repeated to the shape of x |
# | `x.mean(axis, keepdims)` | ? |
# | `x.exp()`, `x.log()`, `x.relu()` | $g$ times the slope, element by element |
#
# **Predict** the question marks. For the matrix product: $g$ has shape $(n, m)$, and the gradient of x must be $(n,
# k)$.
#
# **Implement.** Your `topological_order`, `backward` and `descend` work on Tensors as they are.

# %%
#| exercise: tensor
class Tensor:
    """A float64 array, and where it came from.

    Attributes:
        data: float64 array.
        parents: tuple of the Tensors that it was made from, in the order of the operands; () for a leaf.
        pullbacks: tuple of as many functions. Each takes an array of this tensor's shape, the derivative of a root with
            respect to this tensor, and returns a float64 array of the parent's shape: what reaches that parent. It
            changes nothing; where the gradient fits as it is, it may be returned itself.
        grad: the derivative of some root with respect to this tensor, zeros until `backward` fills it.

    >>> x = Tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> backward((x * x).sum())
    >>> x.grad
    array([[2., 4.],
           [6., 8.]])
    """

    __array_ufunc__ = None  # lets `array + tensor` come to Tensor.__radd__

    def __init__(self, data, parents=(), pullbacks=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.parents = tuple(parents)
        self.pullbacks = tuple(pullbacks)
        self.grad = np.zeros_like(self.data)

    def pull(self, gradient):
        """One array for each parent. Given."""
        gradient = np.asarray(gradient, dtype=np.float64)
        return [pullback(gradient) for pullback in self.pullbacks]

    def __add__(self, other):
        """self + other, with numpy's broadcasting. `Tensor.of` makes a leaf of an array or a number."""
        other = Tensor.of(other)
        # BEGIN SOLUTION
        return Tensor(
            self.data + other.data,
            (self, other),
            (lambda g: unbroadcast(g, self.data.shape), lambda g: unbroadcast(g, other.data.shape)),
        )
        # END SOLUTION

    def __mul__(self, other):
        """self * other, element by element, with numpy's broadcasting."""
        other = Tensor.of(other)
        # BEGIN SOLUTION
        x, y = self.data, other.data
        return Tensor(
            x * y, (self, other), (lambda g: unbroadcast(g * y, x.shape), lambda g: unbroadcast(g * x, y.shape))
        )
        # END SOLUTION

    def __matmul__(self, other):
        """The matrix product of two Tensors with two axes each."""
        # BEGIN SOLUTION
        x, y = self.data, other.data
        return Tensor(x @ y, (self, other), (lambda g: g @ y.T, lambda g: x.T @ g))
        # END SOLUTION

    def sum(self, axis=None, keepdims=False):
        """The sum over one axis (an int, may be negative), or over everything (None), as numpy's."""
        # BEGIN SOLUTION
        x = self.data

        def pullback(g):
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            return np.broadcast_to(g, x.shape).copy()

        return Tensor(x.sum(axis=axis, keepdims=keepdims), (self,), (pullback,))
        # END SOLUTION

    def mean(self, axis=None, keepdims=False):
        """The mean over one axis, or over everything. It may be made of other operations."""
        # BEGIN SOLUTION
        count = self.data.size if axis is None else self.data.shape[axis]
        return self.sum(axis, keepdims) * (1 / count)
        # END SOLUTION

    def exp(self):
        """e to the power of each element."""
        # BEGIN SOLUTION
        result = np.exp(self.data)
        return Tensor(result, (self,), (lambda g: g * result,))
        # END SOLUTION

    def log(self):
        """The natural logarithm of each element, all of them above 0."""
        # BEGIN SOLUTION
        x = self.data
        return Tensor(np.log(x), (self,), (lambda g: g / x,))
        # END SOLUTION

    def relu(self):
        """The larger of each element and 0. The slope is 1 above 0, and 0 at 0 and below."""
        # BEGIN SOLUTION
        x = self.data
        return Tensor(np.maximum(x, 0), (self,), (lambda g: g * (x > 0),))
        # END SOLUTION

    # What follows is made of the operations above, and is given.
    @staticmethod
    def of(x):
        return x if isinstance(x, Tensor) else Tensor(x)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -Tensor.of(other)

    def __rsub__(self, other):
        return -self + other

    def __repr__(self):
        return f"Tensor{self.data.shape}"


# %% [markdown]
# **Compare.** A two-layer network on points around a ring, with your Tensor and with torch's: the largest difference
# of the gradients. Then the same network trained by *your* `descend`, without a change to it:

# %%
rng = np.random.default_rng(0)
ring_x = rng.uniform(-1.5, 1.5, (300, 2))
ring_y = np.where((ring_x**2).sum(1) < 1.2, 1.0, -1.0)[:, None]
shapes = ((2, 16), (16,), (16, 1), (1,))
starts = [rng.normal(0, 0.7, shape) for shape in shapes]


def ring_loss(x, y, W1, b1, W2, b2):
    """Works for your Tensors and for torch's alike."""
    scores = (x @ W1 + b1).relu() @ W2 + b2
    return (1 + (scores * -y).exp()).log().mean()


weights = [Tensor(start) for start in starts]
backward(ring_loss(Tensor(ring_x), Tensor(ring_y), *weights))
twins = [torch.tensor(start, requires_grad=True) for start in starts]
ring_loss(torch.tensor(ring_x), torch.tensor(ring_y), *twins).backward()
difference = max(np.abs(w.grad - t.grad.numpy()).max() for w, t in zip(weights, twins, strict=True))
print("gradients differ by less than 1e-12:", bool(difference < 1e-12))

ring_losses = descend(lambda: ring_loss(Tensor(ring_x), Tensor(ring_y), *weights), weights, 0.5, 400)
W1, b1, W2, b2 = (w.data for w in weights)
ticks = np.linspace(-1.5, 1.5, 121)
plane = np.stack(np.meshgrid(ticks, ticks), -1)
scores = (np.maximum(plane @ W1 + b1, 0) @ W2 + b2)[..., 0]
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
left.plot(ring_losses, color="tab:blue")
left.set(title="The same descent, on arrays", xlabel="step", ylabel="logistic loss")
right.contourf(ticks, ticks, scores > 0, levels=[-0.5, 0.5, 1.5], colors=["mistyrose", "lightblue"])
for label, color, name in ((1.0, "tab:blue", "inside"), (-1.0, "tab:red", "outside")):
    chosen = ring_x[ring_y[:, 0] == label]
    right.scatter(*chosen.T, s=6, color=color, label=name)
right.set(title="16 ReLU neurons draw a ring with straight pieces", xlabel="first input", ylabel="second input")
right.legend(loc="upper right", fontsize=8)
plt.show()

# %% [markdown]
# **Explain.** `x + x` on Tensors: both parents are the same, and both pullbacks may return the *same* array object.
# Why is that harmless with `node.grad = node.grad + piece`, and what could go wrong with `+=`?

# %% [markdown]
# ## 11. One block by hand: linear, softmax, cross-entropy
#
# An autograd composes small rules. But some large blocks have a backward that is shorter than the sum of its parts,
# and libraries write those by hand. The classic is the end of every classifier, for a batch of B examples:
#
# $$\text{logits} = xW + b, \qquad \ell = -\frac1B \sum_i \log \text{softmax}(\text{logits}_i)_{y_i}
# \qquad\Longrightarrow\qquad \frac{\partial \ell}{\partial\, \text{logits}} = \frac{p - \text{onehot}(y)}{B}.$$
#
# From there it is the matrix product of section 10, and an unbroadcast.
#
# **Implement** forward and backward in numpy. Scores may be huge (see assignment 04): subtract the row's maximum.

# %%
#| exercise: linear_softmax
def linear_softmax_backward(x, W, b, y):
    """The mean cross-entropy of softmax(x W + b), and its gradients, by formulas of your own: numpy alone, without
    torch, scipy and the Tensor of section 10.

    Args:
        x: float64 array (B, D).
        W: float64 array (D, C).
        b: float64 array (C,).
        y: int64 array (B,), the correct classes 0 ... C-1. Nothing that comes in is changed.

    Returns:
        (loss, dx, dW, db): the loss, a Python float, and its gradients, float64 arrays of the shapes of x, W and b.
        All are finite for scores of any finite size.

    >>> loss, dx, dW, db = linear_softmax_backward(np.ones((1, 2)), np.zeros((2, 2)), np.zeros(2), np.array([0]))
    >>> round(loss, 4), db.tolist()
    (0.6931, [-0.5, 0.5])
    """
    # BEGIN SOLUTION
    logits = x @ W + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1
    dlogits /= len(y)
    return float(loss), dlogits @ W.T, x.T @ dlogits, dlogits.sum(axis=0)
    # END SOLUTION


# %% [markdown]
# **Compare** with torch, and with your numerical gradient, which knows no formula at all:

# %%
rng = np.random.default_rng(1)
x, W, b, y = rng.normal(size=(6, 4)), rng.normal(size=(4, 3)), rng.normal(size=3), rng.integers(0, 3, 6)
loss, dx, dW, db = linear_softmax_backward(x, W, b, y)
tW = torch.tensor(W, requires_grad=True)
F.cross_entropy(torch.tensor(x) @ tW + torch.tensor(b), torch.tensor(y)).backward()
numerical = numerical_gradient(lambda W: linear_softmax_backward(x, W, b, y)[0], W)
print(f"from torch's:              below 1e-12: {bool(np.abs(dW - tW.grad.numpy()).max() < 1e-12)}")
print(f"from the numerical result: below 1e-8:  {bool(np.abs(dW - numerical).max() < 1e-8)}")

# %% [markdown]
# **Explain.** Each row of dlogits adds up to zero, and so do the entries of db. What does that say about adding the
# same number to all biases?

# %% [markdown]
# ## 12. PyTorch's autograd, now without the magic
#
# You have written its parts; here they are under torch's names. `grad_fn` is a node's note of its operation,
# `next_functions` are its parents, `AccumulateGrad` is a leaf: that is where gradients are *added* to `.grad`.

# %%
a, b, c = (torch.tensor(number, requires_grad=True) for number in (2.0, 3.0, 4.0))
L = (a + 3 * b) * c**2


def show(node, depth=0):
    print("    " * depth + type(node).__name__)
    for parent, _ in node.next_functions:
        if parent is not None:
            show(parent, depth + 1)


show(L.grad_fn)
L.backward()
print("\nderivatives:     ", [t.grad.item() for t in (a, b, c)])
((a + 3 * b) * c**2).backward()
print("after a second:  ", [t.grad.item() for t in (a, b, c)])
print("a leaf:          ", a.is_leaf, "| grad_fn of a leaf:", a.grad_fn)
print("detached:        ", (a * 2).detach().requires_grad)
with torch.no_grad():
    print("under no_grad:   ", (a * 2).requires_grad)

# %% [markdown]
# ### In your own words
#
# Short answers, one to three sentences each. (a) A training loop lacks `optimizer.zero_grad()`. Which gradient does
# its third step follow? (b) `total += loss` in a training loop (instead of `loss.item()`) lets the memory grow with
# every batch. What is kept alive, and by whom? (c) `w -= 0.1 * w.grad` on a leaf that requires a gradient raises an
# error; inside `with torch.no_grad():` it works. What would it mean to record the update in the graph? (d) After `h =
# x.exp()`, torch refuses `backward` if `h` was changed in place. Why does it matter for exp, and not for `x + 1`?

# %% [markdown]
# <!-- exercise: torch_graph -->
# (a) The sum of the gradients of the first three batches, each taken where the weights were at that time, because
# leaves accumulate. (b) Every batch's graph: `total` is the root of a growing graph, its node points to its
# parents, these to all intermediate tensors that were saved for backward; the reference from `total` keeps them.
# `.item()` takes the number out and lets the graph go. (c) The new w would be an inner node, made from the old w and
# its gradient, not a leaf any more: the graph would grow through all steps, and a leaf whose value others have saved
# would be overwritten. The update is not part of the function that we differentiate, so recording is switched off.
# (d) The slope of exp is its result, so exp saves h; overwritten, it would give a wrong derivative, and torch notices
# by a version counter. The slope of x + 1 is 1 whatever the values are: nothing is saved, so nothing can be spoiled.

# %% [markdown]
# ## To think about
#
# 1. Your `backward` keeps a float for each inner node. Which inner gradients are needed at the same time? When could
#    the memory of a node's `grad` be given back? (PyTorch keeps none of them, unless you say `retain_grad()`.)
# 2. Which operations need their *operands* for the backward pass, which their *result*, which neither? What follows
#    for the memory of a network with ReLU, compared with one made of tanh?
# 3. **Checkpointing** stores only every k-th layer's values and computes the others again in the backward pass. What
#    is a good k for a chain of n layers?
# 4. Let `pull` return Values instead of floats, and a backward pass makes a graph that can be differentiated once
#    more. What would `backward` of a `backward` be good for?
#
# ## What to read next
#
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning representations by back-propagating errors*, Nature,
#   1986: four pages that made it popular.
# - A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd edition, SIAM, 2008: the whole field; chapter 3 has what
#   you wrote here.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, *Automatic Differentiation in Machine Learning: a
#   Survey*, JMLR, 2018.
# - A. Paszke and others, *Automatic differentiation in PyTorch*, 2017; and "Autograd mechanics" in PyTorch's
#   documentation.
