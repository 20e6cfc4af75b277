"""A Learner trained by the student on disguised digits, judged by held-out ones; and honest reports of known "
"networks."""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import Failure, accuracy, check, close, remote, second_chance

DATA = Path(__file__).parent / "data" / "digits.npz"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def words(rng, count):
    """Different words, sorted."""
    found = set()
    while len(found) < count:
        found.add("".join(LETTERS[i] for i in rng.integers(0, 26, (6,)).tolist()))
    return sorted(found)


def loaders(student, root, parts, bs, **options):
    """fastai DataLoaders over files in root/train and root/valid. `parts`: for each, pixels (N, H, W) and labels."""
    root = student.Path(root)
    student.shutil.rmtree(root, ignore_errors=True)
    for part, (pixels, labels) in parts.items():
        names = [f"{part}/{label}/{i:04}.png" for i, label in enumerate(labels)]
        student.save_pictures(root, pixels.numpy(), names)
    return student.ImageDataLoaders.from_folder(root, img_cls=student.PILImageBW, bs=bs, num_workers=0, **options)


def logits_of(learner, x):
    """The network's answers in evaluation mode, as a plain tensor here."""
    for name in ("model", "dls", "get_preds"):
        if not hasattr(learner, name):
            raise Failure("train_classifier returns the Learner itself: `return learner`.", "wrong_type")
    learner.model.eval()
    return learner.model(x)


def disguised(rng):
    """The digits turned or mirrored in one of eight ways, with classes named by drawn words."""
    with np.load(DATA) as arrays:
        stored = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    turns, mirrored = rng.size(0, 3), bool(rng.size(0, 1))
    names, which = words(rng, 10), rng.permutation(10)

    def pixels(part):
        x = torch.rot90(stored[f"x_{part}"], turns, (1, 2))
        return ((x.flip(2) if mirrored else x) * 15).contiguous()

    truth = {part: which[stored[f"y_{part}"].long()] for part in ("train", "valid", "held")}
    return {part: (pixels(part), truth[part]) for part in truth}, names


@check(
    "train_classifier",
    points=4,
    seconds=150,
    hint="small_cnn(len(dls.vocab), width), CrossEntropyLossFlat(), fit_one_cycle(epochs, 0.02) with 6 epochs. "
    "Accuracy near "
    ".1: nothing is learned (learning rate? loss? were the weights trained that you return?). Around .8: too few "
    "epochs, or too "
    "small a rate.",
)
def test_the_learner_reads_held_out_digits(student, rng):
    data, names = disguised(rng)
    parts = {part: (data[part][0], [names[k] for k in data[part][1].tolist()]) for part in ("train", "valid")}
    dls = loaders(student, "check-digits", parts, 32)
    held_x, held_y = data["held"]

    def attempt(seed):
        logits = logits_of(student.train_classifier(dls, seed), held_x.float()[:, None] / 255)
        if not isinstance(logits, torch.Tensor) or tuple(logits.shape) != (len(held_y), 10):
            raise Failure(
                "learner.model maps (bs, 1, 8, 8) to (bs, 10) for ten classes: does it end in len(dls.vocab) scores?"
            )
        return accuracy(logits.argmax(1), held_y, full=0.92, half=0.85)

    return second_chance(attempt, rng, margin=1)


def state_of(learner):
    return {name: value.detach().clone() for name, value in learner.model.state_dict().items()}


@check(
    "train_classifier",
    points=1,
    hint="torch.manual_seed(seed) before the network is made, len(dls.vocab) classes, and only fit_one_cycle "
    "moves weights: "
    "nothing is fitted to dls.valid.",
)
def test_the_seed_decides_and_held_out_pictures_do_not(student, rng):
    def drawn(n):
        return rng.integers(0, 256, (n, 9, 8), dtype=torch.uint8)

    kinds = words(rng, rng.size(3, 6))
    often = kinds[rng.size(0, len(kinds) - 1)]
    train = drawn(24), [often if i % 4 else kinds[i // 4 % len(kinds)] for i in range(24)]
    # With the one the validation loss falls epoch by epoch, with the other it rises: who chooses by it, chooses apart.
    valids = [(drawn(12), 12 * [often]), (drawn(12), 12 * [next(kind for kind in kinds if kind != often)])]
    one, other = (
        loaders(student, f"check-seeds-{i}", {"train": train, "valid": valid}, 8, shuffle=False)
        for i, valid in enumerate(valids)
    )
    seed = rng.seed()
    said = student.io.StringIO()
    with student.redirect_stdout(said):
        learner = student.train_classifier(one, seed, width=4, epochs=1)
    assert not said.getvalue().strip(), (
        "Something was printed: `with learner.no_bar(), learner.no_logging():` around the training keeps fastai quiet."
    )
    logits = logits_of(learner, drawn(3).float()[:, None] / 255)
    assert logits.shape == (3, len(kinds)), (
        f"With {len(kinds)} classes the network gives {tuple(logits.shape)} for 3 pictures."
    )
    assert not logits.sum(1) == close(torch.ones(3)), (
        "The network gives probabilities: each row sums to 1. Logits are the scores before the softmax, which "
        "CrossEntropyLossFlat has inside."
    )
    first = state_of(learner)
    remote(torch.nn.Linear)(7, 7)  # draws from torch's shared generator, as anything between two runs may
    assert first == close(state_of(student.train_classifier(one, seed, width=4, epochs=1)), rtol=1e-3, atol=1e-5), (
        "The same seed and the same batches gave two different networks: torch.manual_seed(seed) comes before "
        "the network."
    )
    for step in (1, 2**20):
        assert not first == close(state_of(student.train_classifier(one, seed + step, width=4, epochs=1))), (
            "Two seeds gave the same network: the seed is not used."
        )
    longer = [state_of(student.train_classifier(dls, seed, width=4, epochs=6)) for dls in (one, other)]
    assert longer[0] == close(longer[1], rtol=1e-3, atol=1e-5), (
        "Other validation pictures gave another network: held-out pictures take part in the training. That is a leak."
    )
    assert not first == close(longer[0]), "One epoch and six gave the same network: epochs is not used."
    wide = state_of(student.train_classifier(one, seed, width=24, epochs=1))
    assert sum(w.numel() for w in wide.values()) > sum(w.numel() for w in first.values()), (
        "With width=4 and with width=24 the network is of one size: width is not used."
    )


def known_learner(student, rng, kinds):
    """A Learner with a linear network of ours, and a function from uint8 pictures to the classes that it guesses."""
    pixels = rng.integers(0, 256, (4 * len(kinds), 5, 6), dtype=torch.uint8)
    labels = [kinds[i % len(kinds)] for i in range(len(pixels))]
    dls = loaders(student, "check-known", {"train": (pixels, labels), "valid": (pixels[:8], labels[:8])}, 4)
    linear = remote(torch.nn.Linear)(30, len(kinds))
    dropout = remote(torch.nn.Dropout)(0.9)  # noise, unless the network is in evaluation mode
    model = remote(torch.nn.Sequential)(remote(torch.nn.Flatten)(), dropout, linear)
    weight, bias = (linear.state_dict()[name].clone() for name in ("weight", "bias"))

    def logits(pictures):
        return F.linear(pictures.float().flatten(1) / 255, weight, bias)

    return student.Learner(dls, model, loss_func=student.CrossEntropyLossFlat()), logits


def labelled(rng, logits, n, right, kinds, only=None):
    """n pictures without doubtful cases, `right` of them labelled as the network guesses, the rest otherwise."""
    pictures, guesses = [], []
    while len(pictures) < n:
        drawn = rng.integers(0, 256, (200, 5, 6), dtype=torch.uint8)
        top = logits(drawn).topk(2, dim=1)
        sure = (top.values[:, 0] - top.values[:, 1] > 0.01).tolist()
        for picture, guess, clear in zip(drawn, top.indices[:, 0].tolist(), sure):
            if clear and (only is None or guess in only) and len(pictures) < n:
                pictures.append(picture)
                guesses.append(guess)
    names = [kinds[g] if i < right else kinds[(g + 1) % len(kinds)] for i, g in enumerate(guesses)]
    order = rng.permutation(n).tolist()
    return torch.stack([pictures[i] for i in order]), [names[i] for i in order]


def wilson(right, n):
    p, z = right / n, 1.96
    centre, reach = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (centre - reach) / (1 + z * z / n)), min(1.0, (centre + reach) / (1 + z * z / n))


def save_set(student, root, pictures, labels):
    """Files of a set, in the order of its pictures."""
    names = [f"{label}/{i:03}.png" for i, label in enumerate(labels)]
    student.save_pictures(root, pictures.numpy(), names)
    return [student.Path(f"{root}/{name}") for name in names]


def told(report, name):
    """The entry of a set, or a Failure that says what is missing."""
    if not isinstance(report, dict) or not isinstance(report.get(name), dict):
        raise Failure("shift_report returns a dict with a dict for each set: no set may be left out.", "wrong_type")
    missing = [key for key in ("n", "accuracy", "low", "high") if key not in report[name]]
    if missing:
        raise Failure(f"The entry of a set lacks {', '.join(missing)}.", "wrong_type")
    if not all(isinstance(report[name][key], float | int) for key in ("n", "accuracy", "low", "high")):
        raise Failure(
            "n is an int, the others are Python floats: .item() takes a number out of its tensor.", "wrong_type"
        )
    return report[name]


@check(
    "shift_report",
    points=2,
    hint="Each set's own files, through learner.dls.test_dl(files) and learner.get_preds(dl=...); guesses by "
    "name, truth from "
    "the folders. Not learner.validate(), and not the loader of the held-out pictures.",
)
def test_the_report_says_what_the_network_does(student, rng):
    kinds = words(rng, 4)
    learner, logits = known_learner(student, rng, kinds)
    plan = {"home": (20, 18), "street": (rng.size(11, 30), 7), "night": (9, 0), "shop": (6, 6), "last": (1, 1)}
    order = [list(plan)[i] for i in rng.permutation(len(plan)).tolist()]
    student.shutil.rmtree(student.Path("check-sets"), ignore_errors=True)
    sets = {name: save_set(student, f"check-sets/{name}", *labelled(rng, logits, *plan[name], kinds)) for name in order}
    report = student.shift_report(learner, sets)
    for name in order:
        n, right = plan[name]
        found = told(report, name)
        assert found["n"] == close(n), "n is the number of the set's own pictures."
        assert found["accuracy"] == close(right / n, rtol=1e-5), (
            "Not the fraction of this set that the network guesses right."
        )
        assert (found["low"], found["high"]) == close(wilson(right, n), rtol=1e-5, atol=1e-7), (
            "low and high are not the ends of Wilson's 95 % interval of this accuracy and this n."
        )
    assert list(report) == order, "The report has every set, and no other, in the order of `sets`."


@check(
    "shift_report",
    points=1.5,
    hint="Columns of the predictions are in the order of learner.dls.vocab, whatever the set contains. A label "
    "that is not in it "
    "is a wrong guess, not an error, and not a picture to be left out.",
)
def test_sets_with_few_and_with_unknown_classes(student, rng):
    kinds = words(rng, 4)
    learner, logits = known_learner(student, rng, kinds)
    student.shutil.rmtree(student.Path("check-few"), ignore_errors=True)
    seen = logits(rng.integers(0, 256, (300, 5, 6), dtype=torch.uint8)).argmax(1).bincount(minlength=4)
    common = {k for k in range(4) if seen[k] >= 10}
    only = {max(common)}
    before = {name: value.clone() for name, value in learner.model.state_dict().items()}
    few = labelled(rng, logits, 12, 12, kinds, only)  # one class alone, the last that the network says often
    strange = labelled(rng, logits, 10, 6, kinds)
    unknown = [f"zz{label}" if i % 2 else label for i, label in enumerate(strange[1])]
    sets = {
        "home": save_set(student, "check-few/few", *few),
        "strange": save_set(student, "check-few/s", strange[0], unknown),
    }
    report = student.shift_report(learner, sets)
    assert told(report, "home")["accuracy"] == close(1.0), (
        "A set that holds one class alone is measured wrongly: class numbers are those of learner.dls.vocab, not "
        "of the set."
    )
    guesses = [kinds[k] for k in logits(strange[0]).argmax(1).tolist()]
    right = sum(guess == label for guess, label in zip(guesses, unknown))
    found = told(report, "strange")
    assert found["n"] == close(10), "A picture of an unknown class is a picture: it counts in n."
    assert found["accuracy"] == close(right / 10, rtol=1e-5), (
        "Pictures of unknown classes count as wrong, and as nothing else."
    )
    assert (found["low"], found["high"]) == close(wilson(right, 10), rtol=1e-5, atol=1e-7), (
        "The interval is that of all pictures of the set, those of unknown classes among them."
    )
    after = {name: value.clone() for name, value in learner.model.state_dict().items()}
    assert after == close(before), "The report has changed the network's weights: measuring is not training."


@check(
    "shift_report",
    points=0.5,
    hint="max over the other sets of reference - own; negative where every other set is better.",
)
def test_the_largest_drop(student, rng):
    def report(**accuracies):
        sizes = dict(zip(accuracies, (50, 400, 12, 90)))
        ends = {name: wilson(a * sizes[name], sizes[name]) for name, a in accuracies.items()}
        return {
            name: {"n": sizes[name], "accuracy": a, "low": ends[name][0], "high": ends[name][1]}
            for name, a in accuracies.items()
        }

    low = float(rng.uniform(1, low=0.1, high=0.4))
    for sets, reference, name in (
        (report(b=0.5, home=0.9, c=low, d=low), "home", "c"),
        (report(home=0.5, better=0.7, best=0.9), "home", "better"),
        (report(worst=0.2, middle=0.6, top=0.95), "middle", "worst"),
        (report(x=0.3, y=0.3), "y", "x"),
    ):
        got = student.largest_drop(sets, reference)
        if type(got) not in (tuple, list) or len(got) != 2:
            raise Failure("largest_drop returns a pair: (name, drop).", "wrong_type")
        if not isinstance(got[1], float | int):
            raise Failure("The drop is a Python float.", "wrong_type")
        assert got[0] == name, "That set's accuracy does not fall furthest below the reference's (the first of equals)."
        assert got[1] == close(sets[reference]["accuracy"] - sets[name]["accuracy"])
