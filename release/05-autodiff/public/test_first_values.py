"""The checks that students run themselves: types, shapes and values that they can work out by hand."""

import math

import numpy as np
from autograder.checks import Failure, check, close


@check("by_hand", points=1, hint="c^2 = 16, three times as much for b, and 2c (a + 3b) = 8 * 11 for c.")
def test_the_example_of_the_text(student):
    assert student.hand_gradient(2.0, 3.0, 4.0) == close((16.0, 48.0, 88.0))
    assert student.torch_gradient(lambda x, y: x * y, 2.0, 5.0) == close([5.0, 2.0])


@check("value", points=1, hint="A new Value with the result, the tuple of parents and the tuple of their slopes.")
def test_a_product_remembers(student):
    a, b = student.Value(2.0), student.Value(5.0)
    c = a * b
    assert c.data == close(10.0)
    assert tuple(c.slopes) == close((5.0, 2.0))
    assert [parent.data for parent in c.parents] == close([2.0, 5.0])
    assert c.pull(3.0) == close([15.0, 6.0])
    assert student.Value(0.0).tanh().data == close(0.0)
    assert (a + b).data == close(7.0)


@check("topological_order", points=1, hint="A list: a leaf first, every node after all of its parents, the root last.")
def test_three_nodes_in_order(student):
    x = student.Value(1.0)
    y = student.Value(2.0, (x, x), (1.0, 1.0))
    z = student.Value(3.0, (y, x), (1.0, 1.0))
    order = student.topological_order(z)
    if not isinstance(order, list):
        raise Failure("topological_order returns a list.", "wrong_type")
    assert len(order) == 3, f"There are three nodes, each to be listed once; the list has {len(order)}."
    assert order[0] is x and order[1] is y and order[2] is z, "x was made first of all, then y from it, then z."


@check("count_paths", points=1, hint="y = x + x has two arrows to x. In y * y there are two arrows to y: 2 * 2 paths.")
def test_four_paths(student):
    x = student.Value(1.0)
    y = student.Value(2.0, (x, x), (1.0, 1.0))
    z = student.Value(4.0, (y, y), (2.0, 2.0))
    assert student.count_paths(z, x) == close(4)
    assert student.count_paths(z, z) == close(1)


@check("backward", points=1, hint="The root's gradient is 1. Each node pulls, and its parents add what they get.")
def test_gradients_of_two_steps(student):
    a = student.Value(3.0)
    b = student.Value(4.0)
    c = student.Value(12.0, (a, b), (4.0, 3.0))
    d = student.Value(24.0, (c, c), (1.0, 1.0))
    student.backward(d)
    assert (a.grad, b.grad, c.grad, d.grad) == close((8.0, 6.0, 2.0, 1.0))


@check("descend", points=1, hint="w*w at 10 has the gradient 20: one step of rate 0.25 leads to 5.")
def test_three_steps_downhill(student):
    w = student.Value(10.0)
    losses = student.descend(lambda: student.Value(w.data**2, (w,), (2 * w.data,)), [w], 0.25, 3)
    assert losses == close([100.0, 25.0, 6.25])
    assert w.data == close(1.25)


@check("xor", points=1, hint="Parameters: for each hidden neuron its weights and its bias, then those of the output.")
def test_a_network_of_zeros_and_ones(student):
    network = student.Network(2, 4, 0)
    parameters = network.parameters()
    assert len(parameters) == 17, f"2 inputs, 4 hidden neurons, 1 output: 17 parameters, not {len(parameters)}."
    for one in parameters:
        one.data = 0.0
    parameters[16].data = 2.5
    assert network((1.0, 1.0)).data == close(2.5), "With all weights 0 the score is the bias of the output."
    parameters[0].data = 1.0
    parameters[12].data = 3.0
    assert network((0.5, 1.0)).data == close(2.5 + 3 * math.tanh(0.5))


@check("numerical_gradient", points=1, hint="x[0] * x[1] has the gradient (x[1], x[0]). The result has x's shape.")
def test_the_gradient_of_a_product(student):
    got = student.numerical_gradient(lambda x: float(x[0] * x[1]), np.array([2.0, 5.0]), 0.5)
    assert got == close(np.array([5.0, 2.0]))


@check("unbroadcast", points=1, hint="Each element of the operand was used as often as its gradient has terms.")
def test_ones_are_counted(student):
    assert student.unbroadcast(np.ones((4, 3)), (3,)) == close(np.full(3, 4.0))
    assert student.unbroadcast(np.ones((4, 3)), (4, 1)) == close(np.full((4, 1), 3.0))


@check("tensor", points=1, hint="A product: each parent gets g times the other operand, in its own shape.")
def test_a_product_of_arrays(student):
    x, b = student.Tensor([[1.0, 2.0], [3.0, 4.0]]), student.Tensor([10.0, 20.0])
    z = x * b
    assert z.data == close(np.array([[10.0, 40.0], [30.0, 80.0]]))
    one, other = z.pull(np.ones((2, 2)))
    assert one == close(np.array([[10.0, 20.0], [10.0, 20.0]]))
    assert other == close(np.array([4.0, 6.0]))


@check("linear_softmax", points=1, hint="Two equal scores: probabilities 1/2, loss log 2, dlogits (p - onehot) / B.")
def test_two_equal_scores(student):
    result = student.linear_softmax_backward(np.ones((1, 2)), np.zeros((2, 2)), np.zeros(2), np.array([0]))
    if not isinstance(result, tuple | list) or len(result) != 4:
        raise Failure("linear_softmax_backward returns four things: (loss, dx, dW, db).", "wrong_type")
    loss, dx, dW, db = result
    assert loss == close(math.log(2))
    assert dx == close(np.zeros((1, 2)))
    assert dW == close(np.array([[-0.5, 0.5], [-0.5, 0.5]]))
    assert db == close(np.array([-0.5, 0.5]))
