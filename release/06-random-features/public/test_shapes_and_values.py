"""The checks that students run themselves: shapes, types and values that they can work out by hand."""

import math

import torch
from autograder.checks import Failure, check, close


def wide(*values):
    return torch.tensor(values, dtype=torch.float64)


@check("collapse_linear", points=1, hint="2 (2 (2x + 1) + 1) + 1 is 8x + 7.")
def test_three_layers_are_one(student):
    twice = torch.tensor([[2.0]]), torch.tensor([1.0])
    assert student.collapse_linear([twice, twice, twice]) == close((torch.tensor([[8.0]]), torch.tensor([7.0])))


@check("handmade", points=1, hint="x1, x2, x1 * x2, x1^2 + x2^2 and |x1^2 + x2^2 - 0.6|, one column each.")
def test_features_of_two_points(student):
    X = torch.tensor([[1.0, -2.0], [0.5, 0.5]])
    want = torch.tensor([[1.0, -2.0, -2.0, 5.0, 4.4], [0.5, 0.5, 0.25, 0.5, 0.1]])
    assert student.handmade(X) == close(want)
    weights = student.handmade_weights("ring")
    assert len(weights) == 2, "handmade_weights gives a pair: (w, c)."
    assert tuple(weights[0].shape) == (5,), "w has five entries, one for each feature."


@check("lecture_shapes", points=0.5, hint="Write the shapes below M @ x + b.")
def test_a_square_matrix_always_works(student):
    assert student.printed_works(3, 3) == close(True)
    shapes = student.mended_shapes(5, 2, 200)
    four = len(shapes) == 4 and all(isinstance(shape, tuple | list) for shape in shapes)
    assert four, "mended_shapes gives four tuples: the shapes of M, b, phi(x) and phi(X)."


@check("rf_sign", points=1, hint="X @ M.T + b >= 0: +1, else -1. Zero counts as positive.")
def test_signs_of_one_point(student):
    M, b = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, 2.0, 0.0])
    assert student.rf_sign(torch.tensor([[0.5, -2.0]]), M, b) == close(torch.tensor([[1.0, 1.0, -1.0]]))


@check("make_rf", points=1, hint="M has one row for each feature. Draw both from one torch.Generator with this seed.")
def test_what_is_drawn_has_the_right_shape(student):
    for kind in ("sign", "cos"):
        M, b = student.make_rf(2, 5, 0, kind)
        for name, value, shape in (("M", M, (5, 2)), ("b", b, (5,))):
            assert tuple(value.shape) == shape, f"{name} should have shape {shape}, not {tuple(value.shape)}."
            if value.dtype != torch.float64:
                raise Failure(f"{name} should be float64, not {value.dtype}.", "wrong_type")


@check("ridge", points=1, hint="Two points on the line t = 2x + 5; the penalty 2 halves the slope, and leaves the 5.")
def test_ridge_of_two_points(student):
    t = wide(3.0, 7.0)
    assert student.ridge_fit(wide([-1.0], [1.0]), t, 2.0) == close((wide(1.0), wide(5.0)[0]))
    K = wide([1.0, -1.0], [-1.0, 1.0])
    assert student.kernel_ridge_fit(K, t, 2.0) == close((wide(-0.5, 0.5), wide(5.0)[0]))


@check("rf_classifier", points=1, hint="Draw M and b in __init__; fit returns self; scores are float64 of shape (N,).")
def test_a_classifier_of_two_points(student):
    X, y = wide([-3.0, 0.0], [3.0, 0.0]), torch.tensor([0, 1])
    model = student.RandomFeatureClassifier(2, 50, 0)
    assert tuple(model.M.shape) == (50, 2), "The attribute M, of shape (k, d), should be there before fit."
    assert model.fit(X, y) is not None, "fit returns the classifier itself: return self."
    scores = model.scores(X)
    assert tuple(scores.shape) == (2,), f"two examples have scores of shape (2,), not {tuple(scores.shape)}."
    assert float(scores[0]) < 0 < float(scores[1]), "Class 1 should have the positive score, class 0 the negative one."


@check("rf_cos", points=1, hint="sqrt(2 / 2) * cos([0, pi * 2 / 2]) is [1, -1].")
def test_cosines_of_one_point(student):
    got = student.rf_cos(torch.tensor([[2.0]]), torch.tensor([[0.0], [math.pi]]), torch.zeros(2), 2.0)
    assert got == close(torch.tensor([[1.0, -1.0]]))


@check("kernels", points=1, hint="The angle between (1, 1) and (-1, 1) is pi / 2. And exp(-25 / 50) is 0.6065.")
def test_kernels_of_two_points(student):
    assert student.sign_kernel(wide([1.0]), wide([1.0], [-1.0])) == close(wide([1.0, 0.0]), atol=1e-6)
    assert student.rbf_kernel(wide([0.0, 0.0]), wide([3.0, 4.0]), 5.0) == close(wide([math.exp(-0.5)]))


@check("loglog_slope", points=0.5, hint="Ten times the size, a tenth of the error: the slope is -1.")
def test_slope_of_a_hyperbola(student):
    got = student.loglog_slope([1, 10, 100], [5.0, 0.5, 0.05])
    if not isinstance(got, float):
        raise Failure("loglog_slope returns a Python float: .item() takes it out of a tensor.", "wrong_type")
    assert got == close(-1.0)


@check("two_layer", points=1, hint="nn.Linear(d, h), ReLU, nn.Linear(h, 1): d*h + h + h + 1 numbers; squeeze(1).")
def test_a_network_has_the_right_shapes(student):
    model = student.TwoLayer(2, 3)
    count = sum(p.numel() for p in model.parameters())
    assert count == 13, f"TwoLayer(2, 3) should have 13 parameters and has {count}."
    for n in (5, 1):
        X = torch.ones(n, 2)
        for name, value, shape in (
            ("phi(X)", model.phi(X), (n, 3)),
            ("model(X)", model(X), (n,)),
            ("probability(X)", model.probability(X), (n,)),
        ):
            got = tuple(value.shape)
            assert got == shape, f"{name} of {n} examples should have shape {shape}, not {got}."


@check("train_two_layer", points=1, hint="One loss for each step; return (model, losses).", seconds=60)
def test_training_lowers_the_loss(student):
    X = torch.tensor([[-1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    model, losses = student.train_two_layer(X, torch.tensor([0, 0, 1, 1]), 4, 30, 0)
    assert tuple(model(X).shape) == (4,), "The model should give one logit for each of four examples."
    assert len(losses) == 30, f"30 steps should give 30 losses, not {len(losses)}."
    assert losses[-1] < losses[0], "The last loss is not below the first one: do the weights move, and downwards?"


@check("relu_interpolant", points=1, hint="|x| at -1, 0 and 2: start at height 1 with slope -1, and at 0 add 2 to it.")
def test_interpolation_of_the_absolute_value(student):
    W1, b1, W2, b2 = student.relu_interpolant(torch.abs, wide(-1.0, 0.0, 2.0))
    h = len(b1)
    shapes = [tuple(part.shape) for part in (W1, b1, W2, b2)]
    assert shapes == [(h, 1), (h,), (1, h), (1,)], f"W1, b1, W2, b2 should be (h, 1), (h,), (1, h), (1,), not {shapes}."
    x = wide([-1.0], [-0.5], [0.0], [1.0], [2.0])
    assert torch.relu(x @ W1.T + b1) @ W2.T + b2 == close(x.abs())
    assert student.pieces_needed(8.0, 1.0, 0.02) == close(8)
