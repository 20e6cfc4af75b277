"""The network itself: its function, its parameters, its first loss."""

import math
from itertools import permutations

import numpy as np
import torch
from autograder.checks import Failure, check, close, remote, same_mode, unchanged


def candidates(tensors, n_in, n_hidden, n_out):
    """Ways to read the parameters as Linear, ReLU, Linear: (W1, b1, W2, b2), weights as (inputs, outputs)."""
    matrices = [t for t in tensors if t.ndim == 2]
    vectors = [t for t in tensors if t.ndim == 1]
    for one, other in permutations(matrices, 2):
        for b1, b2 in permutations(vectors, 2):
            for W1 in (one.T, one):
                for W2 in (other.T, other):
                    shapes = [tuple(t.shape) for t in (W1, b1, W2, b2)]
                    if shapes == [(n_in, n_hidden), (n_hidden,), (n_hidden, n_out), (n_out,)]:
                        yield W1, b1, W2, b2


@check(
    "mlp",
    points=1,
    hint="Without a nonlinearity two linear layers are one: f(a+b) - f(a) - f(b) + f(0) is zero. Put a ReLU "
    "between them.",
)
def test_mlp_is_not_affine(student, rng):
    model = student.MLP(6, 40, 5)
    a, b = rng.normal(16, 6), rng.normal(16, 6)
    at_zero = model(torch.zeros(16, 6))
    bend = model(a + b) - model(a) - model(b) + at_zero
    size = float((model(a + b) - at_zero).abs().max())
    assert float(bend.abs().max()) > 1e-3 * size, (
        "The network is affine: there is no working nonlinearity between its layers. Accuracy on digits hardly "
        "shows this."
    )


@check(
    "mlp",
    points=1,
    hint="Return the second layer's output as it is. The loss applies softmax; a second one flattens the gradients.",
)
def test_mlp_gives_logits(student, rng):
    model = student.MLP(6, 40, 4)
    logits = model(20 * rng.normal(32, 6))
    sums = (logits.sum(1) - 1).abs().max(), (logits.exp().sum(1) - 1).abs().max()
    assert float(min(sums)) > 1e-3, "The rows are probabilities (or their logs): leave the softmax to the loss."
    assert float(logits.min()) < 0 < float(logits.max()), (
        "All outputs have one sign: nothing (no ReLU, no sigmoid) may follow the second linear layer."
    )


@check(
    "mlp",
    points=1,
    hint="relu(x @ W1.T + b1) @ W2.T + b2, with W1 of shape (n_hidden, n_in), W2 of (n_out, n_hidden), and every "
    "one of the "
    "four a parameter.",
)
def test_mlp_is_linear_relu_linear(student, rng):
    for n_in, n_hidden, n_out in ((5, 7, 3), (1, 4, 2), (6, 1, 4), (4, 4, 4), (3, 5, 1)):
        model = student.MLP(n_in, n_hidden, n_out)
        parameters = list(model.parameters())
        count = sum(p.numel() for p in parameters)
        assert count == n_in * n_hidden + n_hidden + n_hidden * n_out + n_out, (
            f"{count} parameters are too many or too few: two layers with a bias each, made once, in __init__."
        )
        leaves = [p.detach().clone().requires_grad_() for p in parameters]
        fitting = list(candidates(leaves, n_in, n_hidden, n_out))
        for training, size, scale in ((True, 9, 2), (False, 9, 2), (True, 1, 2), (False, 70, 0.01), (True, 9, 300)):
            model.train(training)
            x = scale * rng.normal(size, n_in)
            with unchanged(x):
                logits = model(x)
            shape = tuple(logits.shape)
            assert shape == (size, n_out), f"the logits of {size} inputs have shape {shape}."
            fitting = [reading for reading in fitting if logits == close(through(x, *reading).detach())]
            assert fitting, (
                "The outputs are not Linear, ReLU, Linear of the network's own parameters: another activation, "
                "something extra, or a layer that is left out?"
            )
        x = rng.normal(12, n_in)
        pull = rng.normal(12, n_out)
        got = torch.autograd.grad((model(x) * pull).sum(), parameters, allow_unused=True)
        wants = [torch.autograd.grad((through(x, *reading) * pull).sum(), leaves) for reading in fitting]
        assert any(all(mine == close(its, magnitude=10.0) for mine, its in zip(got, want)) for want in wants), (
            "The outputs are right, but the gradients of the network's parameters are not: is a part of forward "
            "detached, or computed under torch.no_grad() or in numpy?"
        )


def through(x, W1, b1, W2, b2):
    return torch.relu(x @ W1 + b1) @ W2 + b2


@check(
    "mlp",
    points=1,
    hint="Layers are made in __init__ with nn.Linear's random weights. Zeros or equal weights keep all hidden "
    "units alike "
    "for ever; layers made in forward are new at each call.",
)
def test_mlp_can_learn(student, rng):
    model = student.MLP(6, 20, 3)
    x = rng.normal(32, 6)
    first, again = model(x), model(x)
    assert again == close(first.detach()), "Two calls with the same inputs gave different outputs."
    (first**2).sum().backward()
    another = dict(student.MLP(6, 20, 3).named_parameters())
    for name, parameter in model.named_parameters():
        gradient = parameter.grad
        assert gradient is not None, f"No gradient reaches {name}: is it used in forward, without detach or no_grad?"
        assert float(gradient.abs().max()) > 0, f"The gradient of {name} is zero everywhere: were weights set to zero?"
        if parameter.ndim == 2:
            assert name in another and not another[name].equal(parameter), (
                f"Two networks have the same {name}: first weights are drawn at random, anew for each network, and "
                "belong to it alone (no seed and no shared layers in the class)."
            )
            spread = float((parameter - parameter.mean()).abs().max())
            assert spread > 0, f"All entries of {name} are equal: hidden units can never become different."


@check("initial_loss", points=1, hint="-log(1/n_classes), with the natural logarithm, as a Python float.")
def test_expected_initial_loss(student, rng):
    for n_classes in (1, 3, 10, rng.size(11, 999), 50_257):
        got = student.expected_initial_loss(n_classes)
        if not isinstance(got, float):
            raise Failure(
                "expected_initial_loss returns a Python float: math.log, or .item() of a tensor.", "wrong_type"
            )
        assert got == close(math.log(n_classes))


@check(
    "initial_loss",
    points=0.5,
    hint="Compare abs(loss - log(n_classes)) with the tolerance: a loss far below chance is as suspicious as one "
    "far above. "
    "Only look: torch.no_grad(), no training, no other mode.",
)
def test_looking_at_the_first_loss(student, rng):
    n_classes = rng.size(3, 8)
    y = torch.arange(60) % (n_classes - 1)  # the last class does not occur
    x = 0.1 * rng.normal(60, n_classes) + torch.nn.functional.one_hot(y, n_classes)
    x = x * torch.linspace(0.2, 3.0, 60).unsqueeze(1)  # so that a part of the examples has another loss
    model = remote(torch.nn.Linear)(n_classes, n_classes)
    eye, zeros = torch.eye(n_classes), torch.zeros(n_classes)
    for weight in (0 * eye, 0.05 * eye, -0.05 * eye, eye, -eye, 30 * eye, -30 * eye, torch.nan * eye):
        model.load_state_dict({"weight": weight, "bias": zeros})
        distance = abs(float(torch.nn.functional.cross_entropy(x @ weight, y)) - math.log(n_classes))
        with unchanged(model, x, y), same_mode(model):
            assert answer(student.starts_near_chance(model, x, y, n_classes)) == close(distance <= 0.5)
            for tolerance in (0.997 * distance, 1.003 * distance) if distance > 0.01 else ():
                got = answer(student.starts_near_chance(model, x, y, n_classes, tolerance))
                assert got == close(tolerance > distance), (
                    "A loss that is a little nearer to chance than `tolerance` is near, and one a little farther is "
                    "not: compare the absolute difference of the mean loss over all examples with the tolerance."
                )
        assert all(p.grad is None for p in model.parameters()), "The model got gradients: use torch.no_grad()."
    for distance in (-0.52, -0.48, 0.48, 0.52):
        odds = (math.exp(math.log(n_classes) + distance) - 1) / (n_classes - 1)  # of each wrong class, to the right one
        scores = -math.log(odds) * torch.nn.functional.one_hot(y, n_classes)
        near = answer(student.starts_near_chance(lambda x: x, scores, y, n_classes))
        assert near == close(abs(distance) < 0.5), "Without another word the tolerance is 0.5."


def answer(got):
    if not isinstance(got, bool | np.bool_):
        raise Failure("starts_near_chance returns True or False, not a tensor or a number.", "wrong_type")
    return bool(got)


@check(
    "initial_loss",
    points=0.5,
    hint="Call the model as it is: any callable, in the mode that it is in. Gradients that were there stay, and so do "
    "modes, those of its parts too.",
)
def test_only_looking_at_the_first_loss(student, rng):
    x, y = rng.normal(30, 4), rng.integers(0, 3, (30,))
    weight = 10 * rng.normal(4, 3)
    layer, dropout = remote(torch.nn.Linear)(4, 3), remote(torch.nn.Dropout)(1.0)
    layer.load_state_dict({"weight": weight.T.contiguous(), "bias": torch.zeros(3)})
    model = remote(torch.nn.Sequential)(layer, dropout)  # knows nothing in training, and is sure in evaluation
    model.train()
    (layer(x) ** 2).mean().backward()
    before = [p.grad.clone() for p in layer.parameters()]
    for training, part in ((True, True), (False, False), (True, False), (False, True)):
        model.train(training)
        dropout.train(part)
        with unchanged(model), same_mode(model):
            got = answer(student.starts_near_chance(model, x, y, 3))
        assert got is part, "The model was called in another mode than the one that it was in."
    after = [p.grad for p in layer.parameters()]
    if any(grad is None for grad in after) or not after == close(before, rtol=1e-6, magnitude=0.0):
        raise Failure("The gradients that the model had were changed by looking at it: no backward(), no zero_grad().")
    sure, unsure = (answer(student.starts_near_chance(lambda x: k * (x @ weight), x, y, 3)) for k in (1, 0))
    assert unsure and not sure, "The answer is wrong for a model that is a plain function."
