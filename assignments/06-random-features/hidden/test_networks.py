"""The two-layer network, and the one that is built by hand to interpolate."""

import math

import numpy as np
import torch
from autograder.checks import Failure, check, close, parameter_gradients, remote, unchanged


class Reference(torch.nn.Module):
    """Linear, ReLU, Linear with one output."""

    def __init__(self, d, h):
        super().__init__()
        self.first = torch.nn.Linear(d, h)
        self.second = torch.nn.Linear(h, 1)

    def phi(self, X):
        return self.first(X).clamp(min=0)

    def forward(self, X):
        return (self.phi(X) @ self.second.weight.T + self.second.bias)[:, 0]

    def probability(self, X):
        return 0.5 + 0.5 * torch.tanh(self(X) / 2)


@check(
    "two_layer",
    points=2,
    hint="phi: relu of the first layer. forward: the second layer of phi(X), squeezed at dim 1. probability: sigmoid "
    "of forward, the probability of class 1.",
)
def test_the_network_is_linear_relu_linear(student, rng):
    for d, h in ((2, 5), (1, 4), (4, 1), (3, 3), (1, 2), (6, rng.size(7, 20))):
        model = student.TwoLayer(d, h)
        count = sum(p.numel() for p in model.parameters())
        assert count == d * h + h + h + 1, (
            f"TwoLayer({d}, {h}) has {count} parameters, which is too many or too few: two nn.Linear, both with a bias."
        )
        for training in (True, False):
            model.train(training)
            for n in (1, 7, h):
                X, pull, spread = 2 * rng.normal(n, d), rng.normal(n), rng.normal(n, h)
                reference = Reference(d, h)
                with unchanged(X):
                    logits = model(X)
                    features = model.phi(X)
                    chances = model.probability(X)
                assert tuple(logits.shape) == (n,), f"the logits of {n} examples have shape {tuple(logits.shape)}."
                assert parameter_gradients(model, reference, lambda m: (m(X) * pull).sum(), atol=1e-4)
                assert logits.detach() == close(reference(X).detach(), atol=1e-4)
                assert features.detach() == close(reference.phi(X).detach(), atol=1e-4)
                assert chances.detach() == close(reference.probability(X).detach(), atol=1e-4), (
                    "probability(X) is not the sigmoid of the logits, the probability of class 1."
                )
                if n > 1:
                    bent = lambda m: (m.phi(X) * spread).sum()  # noqa: E731
                    assert parameter_gradients(model, reference, bent, atol=1e-4)
        X = 300 * rng.normal(9, d)  # the reference has the model's parameters by now
        for mine, right in ((model, reference), (model.phi, reference.phi), (model.probability, reference.probability)):
            assert mine(X).detach() == close(right(X).detach(), atol=1e-3), (
                "Far from the origin the network gives something else: is anything cut off (clamp, relu6)?"
            )
        far = model.probability(1e4 * rng.normal(9, d))
        assert bool(far.isfinite().all()), "probability is NaN for large inputs: use torch.sigmoid of the logits."
        assert float(far.min()) >= 0 and float(far.max()) <= 1, "Probabilities lie in [0, 1]."


@check(
    "two_layer",
    points=1,
    hint="Layers are made once, in __init__, with nn.Linear's own random weights: no seed in the class, no zeros.",
)
def test_networks_start_differently(student, rng):
    one, other = student.TwoLayer(3, 20), student.TwoLayer(3, 20)
    X = rng.normal(40, 3)
    assert one(X).detach() == close(one(X).detach()), "Two calls with the same inputs gave different logits."
    theirs = dict(other.named_parameters())
    for name, parameter in one.named_parameters():
        if parameter.ndim == 2:
            assert name in theirs and not torch.equal(parameter.detach(), theirs[name].detach()), (
                f"Two networks have the same {name}: is a seed set in the class, or are the layers shared?"
            )
            spread = float((parameter - parameter.mean()).abs().max())
            assert spread > 1e-6, f"All entries of {name} are equal: hidden units can never become different."
    for X in (rng.normal(40, 3), 5 + rng.normal(40, 3), -5 + rng.normal(40, 3)):
        features, logits = one.phi(X).detach(), one(X).detach()
        assert float(features.min()) >= 0, "Features after a ReLU are never negative."
    seed = rng.seed()
    drawn = []
    for _ in range(2):
        remote(torch.set_rng_state)(torch.Generator().manual_seed(seed).get_state())
        drawn.append([parameter.detach().clone() for parameter in student.TwoLayer(3, 20).parameters()])
    assert drawn[0] == close(drawn[1]), (
        "After torch.manual_seed a new network should have the same first weights each time: torch's shared generator "
        "draws them, as nn.Linear does by itself."
    )
    size = float(one(torch.zeros(1, 3)).abs().max())
    assert size < 100, "The first logits are huge: leave nn.Linear's own initialisation as it is."
    signs = torch.cat([student.TwoLayer(3, 20)(rng.normal(5, 3)).detach() for _ in range(12)])
    assert float(signs.min()) < 0 < float(signs.max()), (
        "The logits of twelve new networks all have one sign: nothing (no ReLU, no sigmoid) follows the second layer."
    )


def through(x, W1, b1, W2, b2):
    return torch.relu(x @ W1.T + b1) @ W2.T + b2


def interpolated(x, knots, values):
    return torch.from_numpy(np.interp(x.numpy().ravel(), knots.numpy(), values.numpy()))[:, None]


def functions(rng):
    a, b, c = (rng.normal(3, dtype=torch.float64)).tolist()
    return {
        "a wave": lambda x: torch.sin(3 * x + a),
        "a cubic": lambda x: a * x**3 + b * x + c,
        "an exponential": lambda x: torch.exp(0.5 * x) - 2,
        "a kink": lambda x: (x - 0.3 * a).abs(),
        "a constant": lambda x: torch.full_like(x, 1 + abs(b)),
        "a line": lambda x: c * x + b,
        "jumps": lambda x: torch.frac(1e3 * torch.sin(7e3 * x + a)),
    }


def knots_of_all_kinds(rng):
    yield torch.tensor([0.0, 1.0], dtype=torch.float64)
    yield torch.linspace(-2, 2, 9, dtype=torch.float64)
    yield torch.linspace(3, 5, 5, dtype=torch.float64)
    for count in (2, 3, 6, rng.size(7, 30), 65):
        gaps = 0.05 + rng.uniform(count - 1, dtype=torch.float64) ** 2
        start = 4 * rng.uniform(1, low=-1, dtype=torch.float64)
        yield torch.cat([start, start + gaps.cumsum(0) * 4 / gaps.sum()])


def weights_of(got, knots):
    if not isinstance(got, tuple | list) or len(got) != 4:
        raise Failure("relu_interpolant returns four tensors: (W1, b1, W2, b2).", "wrong_type")
    for name, part in zip(("W1", "b1", "W2", "b2"), got):
        if not isinstance(part, torch.Tensor) or part.dtype != torch.float64:
            raise Failure(f"{name} should be a float64 tensor, as the knots are.", "wrong_type")
    h = len(got[1]) if got[1].ndim else 0
    shapes = [tuple(part.shape) for part in got]
    wanted = [(h, 1), (h,), (1, h), (1,)]
    assert shapes == wanted, f"W1, b1, W2, b2 should be (h, 1), (h,), (1, h), (1,), not {shapes}."
    assert h <= len(knots), f"{h} hidden units for {len(knots)} knots are too many: at most one for each knot."
    return [part.detach() for part in got]


@check(
    "relu_interpolant",
    points=3,
    hint="W2 holds changes of the slope: the first slope, then s[i] - s[i-1]. b1 is minus the knots t[0] ... t[m-1], "
    "b2 is f(t[0]). A slope is a difference of values divided by the difference of its own two knots.",
)
def test_the_network_joins_the_knots_by_lines(student, rng):
    for knots in knots_of_all_kinds(rng):
        for name, f in functions(rng).items():
            values = f(knots)
            with unchanged(knots):
                weights = weights_of(student.relu_interpolant(f, knots), knots)
            size = float(values.abs().max() + 4 * ((values.diff() / knots.diff()).abs().max()) * len(knots))
            at_knots = through(knots[:, None], *weights)
            assert at_knots == close(values[:, None], magnitude=size), (
                f"The network of {name} does not go through its knots, of which there are {len(knots)}."
            )
            between = knots[:-1, None] + knots.diff()[:, None] * rng.uniform(len(knots) - 1, 4, dtype=torch.float64)
            x = between.reshape(-1, 1)
            assert through(x, *weights) == close(interpolated(x, knots, values), magnitude=size), (
                f"The network of {name} is right at the knots, and is no straight line between them."
            )


@check(
    "relu_interpolant",
    points=1,
    hint="curvature * (length / m)**2 / 8 <= error, solved for m and rounded up with math.ceil; at least 1, an int.",
)
def test_how_many_pieces_are_needed(student, rng):
    def pieces(*given):
        got = student.pieces_needed(*given)
        if isinstance(got, bool) or not isinstance(got, int):
            raise Failure("pieces_needed returns an int: math.ceil gives one.", "wrong_type")
        return got

    for _ in range(40):
        curvature, length, error = (float(10**power) for power in rng.uniform(3, low=-2, high=1.5, dtype=torch.float64))
        error /= 100
        exact = length * math.sqrt(curvature / (8 * error))
        if abs(exact - round(exact)) > 1e-6:
            assert pieces(curvature, length, error) == close(max(1, math.ceil(exact)))
    for m in (1, 2, 8, 64):  # powers of two, where nothing is rounded: the bound is met exactly
        assert pieces(8.0, 1.0, 1.0 / m**2) == close(m), "Where m pieces meet the bound exactly, m are enough."
    assert pieces(0.0, 3.0, 0.01) == close(1), "A straight line needs one piece."
    assert pieces(1e-9, 1.0, 10.0) == close(1), "There is always at least one piece."
