"""The network itself: its function, its parameters, its first loss."""

import math
from itertools import permutations

import torch
from autograder.checks import check, close, remote


def candidates(parameters, n_in, n_hidden, n_out):
    """Ways to read the parameters as Linear, ReLU, Linear: (W1, b1, W2, b2), weights as (inputs, outputs)."""
    tensors = [p.detach() for p in parameters]
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
    for n_in, n_hidden, n_out in ((5, 7, 3), (1, 4, 2), (6, 1, 4), (4, 4, 4)):
        model = student.MLP(n_in, n_hidden, n_out)
        parameters = list(model.parameters())
        count = sum(p.numel() for p in parameters)
        assert count == n_in * n_hidden + n_hidden + n_hidden * n_out + n_out, (
            f"{count} parameters are too many or too few: two layers with a bias each, made once, in __init__."
        )
        x = 2 * rng.normal(9, n_in)
        logits = model(x)
        assert tuple(logits.shape) == (9, n_out), f"the logits of 9 inputs have shape {tuple(logits.shape)}."
        assert tuple(model(x[:1]).shape) == (1, n_out), "A batch of one example should give a batch of one row."
        readings = candidates(parameters, n_in, n_hidden, n_out)
        assert any(logits == close(torch.relu(x @ W1 + b1) @ W2 + b2) for W1, b1, W2, b2 in readings), (
            "The outputs are not Linear, ReLU, Linear of the network's own parameters: another activation, "
            "something extra, or a layer that is left out?"
        )


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
    for name, parameter in model.named_parameters():
        gradient = parameter.grad
        assert gradient is not None, f"No gradient reaches {name}: is it used in forward, without detach or no_grad?"
        assert float(gradient.abs().max()) > 0, f"The gradient of {name} is zero everywhere: were weights set to zero?"
        if parameter.ndim == 2:
            spread = float((parameter - parameter.mean()).abs().max())
            assert spread > 0, f"All entries of {name} are equal: hidden units can never become different."


@check("initial_loss", points=1, hint="-log(1/n_classes), with the natural logarithm, as a Python float.")
def test_expected_initial_loss(student, rng):
    for n_classes in (1, 3, 10, rng.size(11, 999), 50_257):
        assert student.expected_initial_loss(n_classes) == close(math.log(n_classes))


@check(
    "initial_loss",
    points=1,
    hint="Compare abs(loss - log(n_classes)) with the tolerance: a loss far below chance is as suspicious as one "
    "far above. "
    "Only look: torch.no_grad(), no training, no other mode.",
)
def test_looking_at_the_first_loss(student, rng):
    n_classes = rng.size(3, 8)
    y = torch.arange(60) % n_classes
    x = 0.1 * rng.normal(60, n_classes) + torch.nn.functional.one_hot(y, n_classes)
    model = remote(torch.nn.Linear)(n_classes, n_classes)
    eye, zeros = torch.eye(n_classes), torch.zeros(n_classes)
    cases = ((0 * eye, True), (0.05 * eye, True), (30 * eye, False), (-30 * eye, False))
    for weight, near in cases:
        model.load_state_dict({"weight": weight, "bias": zeros})
        got = student.starts_near_chance(model, x, y, n_classes)
        assert got == close(near)
        assert all(p.grad is None for p in model.parameters()), "The model got gradients: use torch.no_grad()."
        state = {name: value.detach().clone() for name, value in model.state_dict().items()}
        assert state == close({"weight": weight, "bias": zeros}), "The model's weights were changed by looking at it."
    model.load_state_dict({"weight": 0.05 * eye, "bias": zeros})
    assert student.starts_near_chance(model, x, y, n_classes, 1e-4) == close(False)
    model.eval()
    student.starts_near_chance(model, x, y, n_classes)
    assert model.training == False, "The model's mode was changed by looking at it."
