"""One epoch against a reference that starts from the same weights, and a trained network on held-out digits."""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, Score, accuracy, check, close, nll, remote, second_chance

DATA = Path(__file__).parent / "data" / "digits.npz"


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def uneven_batches(rng, sizes=(8, 8, 5, 1), features=4, classes=3):
    """Batches of different sizes; later batches are harder."""
    made = []
    for i, size in enumerate(sizes):
        x = (1 + i) * rng.normal(size, features)
        made.append((x, rng.integers(0, classes, (size,))))
    return made


PLANS = (
    ((8, 8, 5, 1), torch.optim.SGD, {"lr": 0.1}),
    ((1, 9, 3, 12), torch.optim.SGD, {"lr": 0.3, "momentum": 0.9}),
    ((16, 16, 2), torch.optim.SGD, {"lr": 0.2, "momentum": 0.5, "weight_decay": 0.1}),
    ((7, 7, 7), torch.optim.Adam, {"lr": 0.05}),
    ((20,), torch.optim.SGD, {"lr": 0.5}),
)


def linear(start):
    """torch's linear classifier with these weights, here."""
    classes, features = start["weight"].shape
    model = torch.nn.Linear(features, classes)
    model.load_state_dict(start)
    return model


def reference_epoch(model, batches, opt):
    """An epoch of the reference, which moves the model: its mean loss, its accuracy, and the loss of each batch."""
    losses, right, seen = [], 0, sum(len(y) for _, y in batches)
    for x, y in batches:
        opt.zero_grad()
        logits = model(x)
        loss = F.cross_entropy(logits, y)
        loss.backward()
        opt.step()
        losses.append(float(loss))
        right += int((logits.argmax(1) == y).sum())
    total = sum(loss * len(y) for loss, (_, y) in zip(losses, batches))
    return total / seen, right / seen, losses


class Counting:
    """Batches that count how they are used. Nothing is known of them in advance, not even how many there are."""

    def __init__(self, batches):
        self.batches = batches
        self.passes = 0
        self.handed_out = 0

    def __iter__(self):
        self.passes += 1
        for batch in self.batches:
            self.handed_out += 1
            yield batch


@check(
    "train_epoch",
    points=2,
    hint="For each batch, in this order: zero_grad, forward, F.cross_entropy on the logits, backward, step. "
    "Without zero_grad "
    "the gradients of all batches pile up; a step before backward uses no gradient, or the one of the batch before; "
    "softmax before F.cross_entropy is one too many.",
)
def test_an_epoch_moves_the_weights_as_sgd_does(student, rng):
    for sizes, kind, options in PLANS:
        model = remote(torch.nn.Linear)(4, 3)
        opt = remote(kind)(model.parameters(), **options)
        start = weights_of(model)
        here = linear(start)
        opt_here = kind(here.parameters(), **options)
        for epoch in range(2):
            batches = uneven_batches(rng, sizes)
            student.train_epoch(model, batches, opt)
            reference_epoch(here, batches, opt_here)
            end = weights_of(model)
            assert not end == close(start), "The weights did not move: zero_grad between backward and step, or no step?"
            right = end == close(weights_of(here), rtol=1e-3)
            if not right and epoch:
                raise Failure(
                    "The first epoch is right, and the second one, with the same network and optimizer, is not: is "
                    "something kept from one call to the next, or the optimizer changed?"
                )
            assert right


@check(
    "train_epoch",
    points=2,
    hint="Both numbers are over all examples of the epoch. A batch's loss is a mean: weigh it by the batch's "
    "size, add up, divide "
    "by the number of examples. Count right answers and divide once.",
)
def test_an_epoch_reports_means_over_its_examples(student, rng):
    for sizes, kind, options in PLANS:
        batches = uneven_batches(rng, sizes)
        model = remote(torch.nn.Linear)(4, 3)
        start = weights_of(model)
        opt = remote(kind)(model.parameters(), **options)
        here = linear(start)
        want_loss, want_acc, losses = reference_epoch(here, batches, kind(here.parameters(), **options))
        report = student.train_epoch(model, batches, opt)
        if not isinstance(report, tuple | list) or len(report) != 2:
            raise Failure("train_epoch returns a pair: (loss, acc).", "wrong_type")
        if not all(isinstance(number, float) for number in report):
            raise Failure("Loss and accuracy are Python floats: use .item() when you add up.", "wrong_type")
        loss, acc = report
        if not loss == close(want_loss, rtol=1e-4) and len(sizes) > 1:
            if loss == close(losses[-1]):
                raise Failure("The loss is the last batch's. Add the losses of all batches up.")
            if loss == close(sum(losses) / len(losses)):
                raise Failure(
                    "The loss is the mean of the batches' losses: a short batch counts too much. Weigh by len(y)."
                )
        assert 0 <= acc <= 1, (
            "The accuracy is a fraction of the examples, between 0 and 1, not a count or a percentage."
        )
        assert loss == close(want_loss, rtol=1e-4), (
            "The loss is not the mean over the epoch's examples, before each step."
        )
        assert acc == close(want_acc, rtol=1e-4), "The accuracy is not the fraction of right answers, before each step."


@check(
    "train_epoch",
    points=0.5,
    hint="model.train() before the first batch, and no model.eval() after it: dropout and batch norm behave "
    "differently in "
    "the two modes.",
)
def test_an_epoch_is_in_training_mode(student, rng):
    hidden = remote(torch.nn.Linear)(4, 6)
    everything_dropped = remote(torch.nn.Dropout)(1.0)
    model = remote(torch.nn.Sequential)(hidden, everything_dropped, remote(torch.nn.Linear)(6, 3))
    opt = remote(torch.optim.SGD)(model.parameters(), lr=0.5)
    model.eval()
    before = weights_of(hidden)
    student.train_epoch(model, uneven_batches(rng), opt)
    assert weights_of(hidden) == close(before), (
        "Dropout did not drop: the network was trained in evaluation mode. Call model.train() first."
    )
    assert model.training == True and everything_dropped.training == True, (
        "The network was left in evaluation mode: the next epoch would train without dropout."
    )


@check(
    "train_epoch",
    points=0.5,
    hint="One pass, `for x, y in loader`, and every batch is used, the short last one too. Count the examples as they "
    "come: what can be iterated over need not have a length.",
)
def test_an_epoch_is_one_pass(student, rng):
    loader = Counting(uneven_batches(rng))
    model = remote(torch.nn.Linear)(4, 3)
    student.train_epoch(model, loader, remote(torch.optim.SGD)(model.parameters(), lr=0.1))
    assert loader.passes == 1, f"The loader was passed over {loader.passes} times; an epoch is one pass."
    assert loader.handed_out == len(loader.batches), "Not every batch was used."


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


def trained(student, x, y, seed):
    """(model, losses) as floats, or a Failure that says what came instead."""
    result = student.train(x, y, seed)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise Failure("train returns a pair: (model, losses).", "wrong_type")
    model, losses = result
    if type(losses) not in (tuple, list) or not losses or not all(isinstance(loss, float) for loss in losses):
        raise Failure(
            "The second of the pair is the list of the epochs' mean losses, Python floats: .item() takes one out of "
            "its tensor.",
            "wrong_type",
        )
    return model, losses


@check(
    "train",
    points=4,
    seconds=60,
    hint="MLP(64, 30, 10), SGD with lr=0.3, batches of 32, 40 epochs, a new order in each. Accuracy near .10: the "
    "network does "
    "not learn (zero_grad? step? softmax at the end?). Accuracy around .9: too few epochs, or too small a "
    "learning rate.",
)
def test_the_network_reads_held_out_digits(student, rng, record):
    x, y, held_x, held_y = disguised(rng)

    def attempt(seed):
        model, losses = trained(student, x, y, seed)
        record.series("training loss", losses)
        model.eval()
        logits = recomputed_logits(model, held_x)
        return Score.worst(
            accuracy(logits.argmax(1), held_y, full=0.94, half=0.88), nll(logits, held_y, full=0.25, half=0.60)
        )

    return second_chance(attempt, rng, margin=1)


@check(
    "train",
    points=1,
    seconds=60,
    hint="torch.manual_seed(seed) at the top of train, before the network is made: first weights and shuffles "
    "then follow from "
    "the seed alone.",
)
def test_the_seed_decides_everything(student, rng):
    x, y, _, _ = disguised(rng)
    some = rng.permutation(len(x))[:160]
    other_x, other_y = x[some.flip(0)[:80]], y[some][:80]
    x, y = x[some], y[some]
    seed = rng.seed() // 2
    inputs = x.clone(), y.clone()
    first, losses = trained(student, x, y, seed)
    remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
    again, _ = trained(student, x, y, seed)
    others = [weights_of(trained(student, x, y, seed + step)[0]) for step in (1, 1000, 2**20)]
    elsewhere, other_losses = trained(student, other_x, other_y, seed)
    assert (x, y) == close(inputs), "train changed its training data in place."
    assert weights_of(first) == close(weights_of(again)), (
        "The same seed gave two different networks: some random number is drawn before torch.manual_seed(seed), "
        "or does "
        "not come from torch's generator."
    )
    assert not any(weights_of(first) == close(other) for other in others), (
        "Two seeds gave the same network: the seed is not used, or another one is fixed inside train."
    )
    assert not weights_of(first) == close(weights_of(elsewhere)), (
        "Other training data, with the same seed, gave the same network. Train it on x and y, anew in each call."
    )
    assert 0 <= losses[0] < 3 * math.log(10), (
        "The first of the losses is not the mean loss of a first epoch: before any training it is log(10), and it is "
        "never negative. Is it a sum, or something else than the loss?"
    )
    for model, values, inputs, labels in ((first, losses, x, y), (elsewhere, other_losses, other_x, other_y)):
        model.eval()
        reached = float(F.cross_entropy(recomputed_logits(model, inputs), labels))
        assert 0.3 * reached - 0.1 < values[-1] < 3 * reached + 0.5, (
            "The last epoch's loss is far from the loss that the network has on its training data. Is it measured in "
            "training, as the mean over the examples?"
        )
    if len(losses) > 1:
        assert losses[-1] < losses[0], "The last epoch's loss is not below the first one's: the network does not learn."
