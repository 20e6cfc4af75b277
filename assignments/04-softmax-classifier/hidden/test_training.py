"""One epoch against a reference that starts from the same weights, and a trained network on held-out digits."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, Score, accuracy, below, check, close, remote

DATA = Path(__file__).parent / "data" / "digits.npz"


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def uneven_batches(rng, features=4, classes=3):
    """Batches of different sizes, the last one of a single example; later batches are harder."""
    made = []
    for i, size in enumerate((8, 8, 5, 1)):
        x = (1 + i) * rng.normal(size, features)
        made.append((x, rng.integers(0, classes, (size,))))
    return made


def reference_epoch(start, batches, lr, momentum=0.0):
    """What an epoch of SGD makes of a linear classifier: (weights, mean loss, accuracy)."""
    classes, features = start["weight"].shape
    model = torch.nn.Linear(features, classes)
    model.load_state_dict(start)
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)
    total, right, seen = 0.0, 0, 0
    for x, y in batches:
        opt.zero_grad()
        logits = model(x)
        loss = F.cross_entropy(logits, y)
        loss.backward()
        opt.step()
        total, right, seen = total + float(loss) * len(y), right + int((logits.argmax(1) == y).sum()), seen + len(y)
    return weights_of(model), total / seen, right / seen


class Counting:
    """Batches that count how they are used."""

    def __init__(self, batches):
        self.batches = batches
        self.passes = 0
        self.handed_out = 0

    def __len__(self):
        return len(self.batches)

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
    for momentum in (0.0, 0.9):
        batches = uneven_batches(rng)
        model = remote(torch.nn.Linear)(4, 3)
        start = weights_of(model)
        opt = remote(torch.optim.SGD)(model.parameters(), lr=0.1, momentum=momentum)
        student.train_epoch(model, batches, opt)
        end = weights_of(model)
        want, _, _ = reference_epoch(start, batches, 0.1, momentum)
        assert not end == close(start), "The weights did not move: zero_grad between backward and step, or no step?"
        assert end == close(want, rtol=1e-3, atol=1e-5)


@check(
    "train_epoch",
    points=2,
    hint="Both numbers are over all examples of the epoch. A batch's loss is a mean: weigh it by the batch's "
    "size, add up, divide "
    "by the number of examples. Count right answers and divide once.",
)
def test_an_epoch_reports_means_over_its_examples(student, rng):
    batches = uneven_batches(rng)
    model = remote(torch.nn.Linear)(4, 3)
    start = weights_of(model)
    opt = remote(torch.optim.SGD)(model.parameters(), lr=0.05)
    loss, acc = (float(number) for number in student.train_epoch(model, batches, opt))
    _, want_loss, want_acc = reference_epoch(start, batches, 0.05)
    if not loss == close(want_loss, rtol=1e-3):
        last, per_batch = mistaken_reports(start, batches, 0.05)
        if loss == close(last):
            raise Failure("The loss is the last batch's. Add the losses of all batches up.")
        if loss == close(per_batch):
            raise Failure(
                "The loss is the mean of the batches' losses: the short last batch counts too much. Weigh by len(y)."
            )
    assert 0 <= acc <= 1, "The accuracy is a fraction of the examples, between 0 and 1, not a count or a percentage."
    assert loss == close(want_loss, rtol=1e-3), "The loss is not the mean over the epoch's examples, before each step."
    assert acc == close(want_acc, rtol=1e-3), "The accuracy is not the fraction of right answers, before each step."


def mistaken_reports(start, batches, lr):
    """The last batch's loss, and the unweighted mean of the batches' losses."""
    losses = []
    for i in range(len(batches)):
        before, _, _ = reference_epoch(start, batches[:i], lr) if i else (start, 0.0, 0.0)
        x, y = batches[i]
        losses.append(float(F.cross_entropy(x @ before["weight"].T + before["bias"], y)))
    return losses[-1], sum(losses) / len(losses)


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
    assert model.training == True, (
        "The network was left in evaluation mode: the next epoch would train without dropout."
    )


@check(
    "train_epoch", points=0.5, hint="One pass, `for x, y in loader`, and every batch is used, the short last one too."
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
    return model, [float(loss) for loss in losses]


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
    best = Score(0.0, "")
    for attempt in range(2):
        model, losses = trained(student, x, y, rng.seed())
        record.series("training loss", losses)
        model.eval()
        logits = recomputed_logits(model, held_x)
        right = accuracy(logits.argmax(1), held_y, full=0.94, half=0.88)
        sure = below(float(F.cross_entropy(logits, held_y)), full=0.25, half=0.60, what="held-out loss")
        score = Score.worst(right, sure)
        if attempt == 0 or score.credit > best.credit:
            best = score
        if best.credit == 1.0:
            break
    return best


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
    x, y = x[some], y[some]
    seed = rng.seed()
    inputs = x.clone(), y.clone()
    first, losses = trained(student, x, y, seed)
    remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
    again, _ = trained(student, x, y, seed)
    other, _ = trained(student, x, y, seed + 1)
    assert (x, y) == close(inputs), "train changed its training data in place."
    assert weights_of(first) == close(weights_of(again)), (
        "The same seed gave two different networks: some random number is drawn before torch.manual_seed(seed), "
        "or does "
        "not come from torch's generator."
    )
    assert not weights_of(first) == close(weights_of(other)), (
        "Two seeds gave the same network: the seed is not used, or another one is fixed inside train."
    )
    if len(losses) > 1:
        assert losses[-1] < losses[0], "The last epoch's loss is not below the first one's: the network does not learn."
