"""A network that was trained on a few digits with wrong labels, judged by clean ones."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, Score, accuracy, check, close, nll, remote, second_chance, trace

DATA = Path(__file__).parent / "data" / "noisy_digits.npz"


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def disguised(rng):
    """The digits with pixels shuffled and classes renamed, which a network of linear layers does not notice."""
    with np.load(DATA) as arrays:
        stored = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    pixels, names = rng.permutation(64), rng.permutation(10)
    return {
        name: value.float()[:, pixels] / 16 if name.startswith("x") else names[value.long()]
        for name, value in stored.items()
    }


def trained(student, x, y, x_val, y_val, seed, **options):
    """(model, losses) as floats, or a Failure that says what came instead."""
    result = student.train(x, y, x_val, y_val, seed, **options)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise Failure("train gives a pair: (model, val_losses).", "wrong_type")
    model, losses = result
    if type(losses) not in (tuple, list) or not losses or not all(type(loss) is float for loss in losses):
        raise Failure("val_losses is a list of Python floats, one for each epoch: .item() makes one.", "wrong_type")
    model.eval()
    return model, list(losses)


@check(
    "train",
    points=2.5,
    seconds=60,
    hint="A loss far above 1: the network learnt the wrong labels by heart. Dropout 0.5 after the ReLU, an "
    "EarlyStopper with a patience of 30 on the validation loss, and restore at the end. An accuracy near .10: it "
    "does not learn at all.",
)
def test_few_digits_with_wrong_labels(student, rng, record):
    data = disguised(rng)

    def attempt(seed):
        model, losses = trained(student, data["x_train"], data["y_train"], data["x_val"], data["y_val"], seed)
        record.series("validation loss", losses)
        logits = model(data["x_held"]).detach()
        if tuple(logits.shape) != (len(data["x_held"]), 10):
            raise Failure(f"logits of {len(data['x_held'])} inputs have shape {tuple(logits.shape)}.")
        return Score.worst(
            accuracy(logits.argmax(1), data["y_held"], full=0.84, half=0.76),
            nll(logits, data["y_held"], full=0.66, half=0.90),
        )

    return second_chance(attempt, rng, margin=1)


@check(
    "train",
    points=1,
    seconds=60,
    hint="After each epoch: model.eval(), the loss on (x_val, y_val), stopper.step(loss, model). At the end "
    "stopper.restore(model). Gradients come from (x, y) alone.",
)
def test_validation_decides_and_is_not_learnt(student, rng):
    data = disguised(rng)
    x, y, x_val, y_val = (data[name] for name in ("x_train", "y_train", "x_val", "y_val"))
    seed = rng.seed()
    model, losses = trained(student, x, y, x_val, y_val, seed)
    kept = float(F.cross_entropy(model(x_val).detach(), y_val))
    if kept == close(losses[-1], rtol=1e-3) and not kept == close(min(losses), rtol=1e-3):
        raise Failure(
            "The network has the weights of the last epoch, not of the one with the smallest validation loss."
        )
    assert kept == close(min(losses), rtol=1e-3), (
        "The network's loss on the validation set, in evaluation mode, is not the smallest of val_losses. Was it "
        "measured in training mode, on other data, or are other weights returned than those of the best epoch?"
    )
    best = losses.index(min(losses))
    if best + 4 < len(losses):  # the same training, cut off when it is past its best and before it would stop
        model, losses = trained(student, x, y, x_val, y_val, seed, epochs=best + 4)
        kept = float(F.cross_entropy(model(x_val).detach(), y_val))
        assert kept == close(min(losses), rtol=1e-3), (
            "Where the epochs run out before the stopper says stop, the network is not that of the best epoch: restore "
            "behind the loop, and not only before the break."
        )
    wrong = (y_val + 1 + rng.integers(0, 9, y_val.shape)) % 10
    model, _ = trained(student, x, y, x_val, wrong, rng.seed())
    learnt = float((model(x_val).detach().argmax(1) == wrong).double().mean())
    assert learnt < 0.3, (
        "With wrong validation labels the network knows many of them: it was trained on the validation set, which "
        "then can no longer tell when to stop."
    )
    for epochs, width in ((1, 11), (4, 23)):
        model, losses = trained(student, x, y, x_val, y_val, rng.seed(), epochs=epochs, width=width)
        assert len(losses) <= epochs, "More validation losses than epochs were asked for: is `epochs` used?"
        kept = float(F.cross_entropy(model(x_val).detach(), y_val))
        assert kept == close(min(losses), rtol=1e-3), "After a few epochs the network's loss is not the smallest one."
        sizes = [size for value in weights_of(model).values() for size in value.shape]
        assert width in sizes, "No layer has `width` units: is the argument used?"
    seed = rng.seed()
    once = weights_of(trained(student, x, y, x_val, y_val, seed, epochs=1)[0])
    moved = x_val + 0.1 * rng.uniform(*x_val.shape)
    assert weights_of(trained(student, x, y, moved, y_val, seed, epochs=1)[0]) == close(once), (
        "After a single epoch, when there is nothing to decide yet, other validation images give other weights: some "
        "of the validation set was trained on."
    )
    assert not weights_of(trained(student, x, (y + 1) % 10, x_val, y_val, seed, epochs=1)[0]) == close(once), (
        "After a single epoch the weights do not depend on the labels. Step first; then measure the validation loss, "
        "and keep the state after the step."
    )


RANDOM = ("bernoulli", "bernoulli_", "native_dropout", "rand", "rand_like", "uniform", "uniform_", "normal_", "randn")


def numbers_drawn(seen):
    return sum(times for name, times in seen.operations.items() if name.removeprefix("aten.") in RANDOM)


@check(
    "train",
    points=0.5,
    hint="model.eval() switches dropout off until model.train() switches it on again: both belong into the loop.",
)
def test_every_epoch_is_trained_in_training_mode(student, rng):
    data = disguised(rng)
    some = data["x_train"], data["y_train"], data["x_val"], data["y_val"]
    drawn, run = [], []
    for epochs in (1, 6):
        with trace(student) as seen:
            model, losses = trained(student, *some, rng.seed(), epochs=epochs)
        drawn.append(numbers_drawn(seen))
        run.append(len(losses))
    model.train()
    first, second = model(some[0]).detach(), model(some[0]).detach()
    if first == close(second):
        return  # nothing random in this network: there is no dropout to be switched on
    assert drawn[1] - drawn[0] >= run[1] - run[0], (
        "The network has dropout, and only the first epoch was trained with it: model.eval() for the validation loss "
        "switches it off, and nothing switches it on again."
    )


@check(
    "train",
    points=1,
    seconds=60,
    hint="torch.manual_seed(seed) at the top of train, before the network is made: first weights and dropout masks "
    "then follow from the seed alone.",
)
def test_the_seed_decides_the_training(student, rng):
    data = disguised(rng)
    some = data["x_train"][:50], data["y_train"][:50], data["x_val"][:40], data["y_val"][:40]
    inputs = [part.clone() for part in some]
    seed = rng.seed() // 2
    first = weights_of(trained(student, *some, seed, epochs=12)[0])
    remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
    again = weights_of(trained(student, *some, seed, epochs=12)[0])
    assert list(some) == close(inputs), "train changed its data in place."
    assert first == close(again), (
        "The same seed gave two different networks: is something drawn before torch.manual_seed(seed), or not from "
        "torch's generator?"
    )
    for step in (1, 2**20):
        other = weights_of(trained(student, *some, seed + step, epochs=12)[0])
        assert not first == close(other), "Two seeds gave the same network: is the seed used?"
    elsewhere = some[0], (some[1] + 1) % 10, some[2], (some[3] + 1) % 10
    assert not first == close(weights_of(trained(student, *elsewhere, seed, epochs=12)[0])), (
        "Other labels with the same seed gave the same network: train it on x and y, anew in each call."
    )
