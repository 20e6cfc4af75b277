"""The student's own training, judged by held-out digits."""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, accuracy, check, close, forbid, remote, second_chance

DATA = Path(__file__).parent / "data" / "digits.npz"
READY_MADE = (
    "SGD",
    "Adam",
    "AdamW",
    "NAdam",
    "RAdam",
    "Adamax",
    "Adagrad",
    "RMSprop",
    "LBFGS",
    "Rprop",
    "ASGD",
    "Muon",
)


def disguised(rng):
    """The digits with pixels shuffled and classes renamed, which an MLP does not notice."""
    with np.load(DATA) as arrays:
        stored = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    pixels, names = rng.permutation(64), rng.permutation(10)
    inputs = [stored[name].float()[:, pixels] / 16 for name in ("x_train", "x_held")]
    return inputs[0], names[stored["y_train"].long()], inputs[1], names[stored["y_held"].long()]


def recomputed_logits(model, x):
    """The network's answers on x, computed here from its parameters. It is Linear(64, h), ReLU, Linear(h, 10)."""
    tensors = [p.detach().clone().float() for p in model.parameters()]
    answers = model(x)
    matrices, vectors = [t for t in tensors if t.ndim == 2], [t for t in tensors if t.ndim == 1]
    for one in matrices:
        for other in matrices:
            for W1 in (one, one.T):
                for W2 in (other, other.T):
                    fits = one is not other and W1.shape[1] == 64 and W2.shape == (10, W1.shape[0])
                    for b1 in vectors if fits else ():
                        for b2 in vectors:
                            if b1.shape == (W1.shape[0],) and b2.shape == (10,) and b1 is not b2:
                                logits = F.linear(torch.relu(F.linear(x, W1, b1)), W2, b2)
                                if answers == close(logits, rtol=1e-3, atol=1e-3):
                                    return logits
    raise Failure(
        "The network's answers do not follow from its parameters as Linear(64, h), ReLU, Linear(h, 10). Return "
        "your MLP "
        "itself, trained; it gets x as train() does, so do not rescale inputs on the way."
    )


def trained(student, x, y, seed, epochs=10, **settings):
    """(model, losses), or a Failure that says what came instead."""
    result = student.train(x, y, seed, epochs=epochs, **settings)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise Failure("train returns a pair: (model, losses).", "wrong_type")
    model, losses = result
    if type(losses) not in (tuple, list) or not all(isinstance(loss, float) for loss in losses):
        raise Failure(
            "The second of the pair is the list of the epochs' mean losses, Python floats: .item() takes one out of "
            "its tensor.",
            "wrong_type",
        )
    assert len(losses) == epochs, f"{epochs} epochs have {epochs} losses, one each, not {len(losses)}."
    return model, losses


@check(
    "train",
    points=3,
    seconds=60,
    hint="Adam with a peak of 0.01, ten epochs, a new order in each. Accuracy near .10: does the optimizer get the "
    "model's parameters, and is step() called? Around .8: is the schedule stretched over all steps of all epochs?",
)
def test_the_network_reads_held_out_digits(student, rng, record):
    forbid(
        student,
        "train",
        *(f"torch.optim.{kind}" for kind in READY_MADE),
        "fused_adam",
        "fused_sgd",
        "MLPClassifier",
        "MLPRegressor",
    )
    x, y, held_x, held_y = disguised(rng)

    def attempt(seed):
        model, losses = trained(student, x, y, seed)
        record.series("training loss", losses)
        model.eval()
        reached = float(F.cross_entropy(recomputed_logits(model, x), y))
        assert losses[-1] < 2 * reached + 0.1, (
            "The last epoch's loss is far from the loss that the network has on its training data. Is it the mean over "
            "the examples of this epoch alone?"
        )
        return accuracy(recomputed_logits(model, held_x).argmax(1), held_y, full=0.93, half=0.85)

    return second_chance(attempt, rng, margin=1)


@check(
    "train",
    points=1,
    seconds=60,
    hint="torch.manual_seed(seed) at the top, before the network is made. width, batch_size, epochs and peak are what "
    "the caller says.",
)
def test_seed_and_settings_decide(student, rng):
    x, y, _, _ = disguised(rng)
    some = rng.permutation(len(x))[:150]
    x, y = x[some], y[some]
    kept = x.clone(), y.clone()
    seed = rng.seed() // 2
    usual = {"epochs": 2, "width": 12, "batch_size": 20, "peak": 0.02}
    first, losses = trained(student, x, y, seed, **usual)
    remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
    again, _ = trained(student, x, y, seed, **usual)
    assert (x, y) == close(kept), "train changed its training data in place."
    assert weights_of(first) == close(weights_of(again)), (
        "The same seed gave two different networks: something is drawn before torch.manual_seed(seed)."
    )
    assert sorted(tuple(p.shape) for p in first.parameters()) == [(10,), (10, 12), (12,), (12, 64)], (
        "The network is not Linear(64, width), ReLU, Linear(width, 10) for another width."
    )
    assert 0.3 < losses[0] < 10 * math.log(10), (
        "The first of the losses is not the mean loss of a first epoch, which begins near log(10). Is it a sum?"
    )
    for more in (1000, 2**20):
        if weights_of(first) == close(weights_of(trained(student, x, y, seed + more, **usual)[0])):
            raise Failure("Two seeds far apart gave the same network. Use the seed as it is, with all its digits.")
    still, losses = trained(student, x, y, seed, **usual | {"batch_size": 25, "peak": 1e-9})
    loss = float(F.cross_entropy(recomputed_logits(still, x), y))  # from the first batch to the last: nothing moves
    if not losses == close([loss, loss], rtol=1e-3):
        raise Failure(
            "With a learning rate of nearly 0, where the network hardly changes, the losses are not those that it has "
            "on x and y. They are measured in training: each the mean over all examples of its epoch."
        )
    whole, _ = trained(student, x, y, seed, **usual | {"batch_size": 400})
    resting, _ = trained(student, x, y, seed, **usual | {"batch_size": 400, "peak": 1e-9})
    if weights_of(whole) == close(weights_of(resting)):
        raise Failure("Nothing is learned where batch_size is larger than the data set: the last batch is shorter.")
    others = {"the seed": {}, "batch_size": {"batch_size": 50}, "peak": {"peak": 0.001}, "epochs": {"epochs": 3}}
    for name, change in others.items():
        other, other_losses = trained(student, x, y, seed + (not change), **usual | change)
        if weights_of(first) == close(weights_of(other)):
            raise Failure(f"The network stays the same when {name} changes: use it, and fix nothing inside train.")
    elsewhere, _ = trained(student, x.flip(0)[:75], y[:75], seed, **usual)
    assert not weights_of(first) == close(weights_of(elsewhere)), (
        "Other training data, with the same seed, gave the same network. Train it on x and y, anew in each call."
    )


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}
