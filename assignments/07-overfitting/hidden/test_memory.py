"""Memorising: random labels, digits that moved, and a secret in a language model."""

import math
import random
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from autograder.checks import (
    Failure,
    accuracy,
    check,
    close,
    gradients_reach,
    remote,
    same_mode,
    second_chance,
    trace,
    unchanged,
)

DATA = Path(__file__).parent / "data" / "noisy_digits.npz"


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def share(guesses, y):
    return int((guesses == y).sum()) / len(y)


def number(value, name):
    if type(value) is not float:
        raise Failure(f"{name} gives a Python float.", "wrong_type")
    return value


@check(
    "random_labels",
    points=1.5,
    hint="model.eval() first, then argmax over the classes under no_grad, and at the end every part of the model "
    "back into the mode that it was in: they need not all have been in the same.",
)
def test_accuracy_looks_and_does_not_touch(student, rng):
    for n, classes in ((1, 3), (40, 2), (7, 7), (60, 5)):
        layer = remote(torch.nn.Linear)(4, classes)
        x, y = rng.normal(n, 4), rng.integers(0, classes, (n,))
        guesses = layer(x).detach().argmax(1)
        y = torch.where(rng.uniform(n) < 0.4, guesses, y)
        with unchanged(x, y), same_mode(layer):
            got = number(student.accuracy(layer, x, y), "accuracy")
        assert got == close(share(guesses, y)), "The accuracy is not the fraction of examples with the right class."
        assert student.accuracy(layer, x, guesses) == close(1.0)
    norm, drop = remote(torch.nn.BatchNorm1d)(6), remote(torch.nn.Dropout)(0.9)
    first, last = remote(torch.nn.Linear)(4, 6), remote(torch.nn.Linear)(6, 3)
    model = remote(torch.nn.Sequential)(first, norm, drop, last)
    model.train()
    x, y = rng.normal(50, 4), rng.integers(0, 3, (50,))
    model(3 * x + 1)  # moves the running statistics away from the batch's own
    (model(x) ** 2).sum().backward()
    gradient = first.weight.grad.clone()
    model.eval()
    y = torch.where(rng.uniform(50) < 0.5, model(x).detach().argmax(1), y)
    want = share(model(x).detach().argmax(1), y)
    for frozen in ("nothing", "everything", "a part"):
        model.train(frozen != "everything")
        if frozen == "a part":
            norm.eval()
        before = weights_of(model)
        with same_mode(model):
            got = student.accuracy(model, x, y)
        assert got == close(want), "Dropout drops, or batch norm uses the batch: switch to evaluation mode first."
        assert weights_of(model) == close(before), "accuracy moved parameters or running statistics: it only looks."
    assert first.weight.grad == close(gradient), "accuracy changed gradients that the model had."


def disguised_digits(rng, n):
    """Digits whose pixels are shuffled, and labels that a die has thrown."""
    with np.load(DATA) as arrays:
        pixels = torch.from_numpy(arrays["x_held"]).float() / 16
    rows = rng.permutation(len(pixels))[:n]
    return pixels[rows][:, rng.permutation(64)], rng.integers(0, 10, (n,))


@check(
    "random_labels",
    points=1.5,
    seconds=60,
    hint="A hidden layer of 256 units, Adam with lr=0.01, all examples in one batch, 150 steps: zero_grad, loss, "
    "backward, step. Nothing that regularises: here everything is to be learnt by heart.",
)
def test_random_labels_are_learnt_by_heart(student, rng):
    x, y = disguised_digits(rng, 240)

    def attempt(seed):
        model = student.fit_random_labels(x, y, seed)
        model.eval()
        logits = model(x)
        nearly = model(x + 1e-4 * (2 * rng.uniform(*x.shape) - 1))
        if tuple(logits.shape) != (len(x), 10):
            raise Failure(f"{len(x)} inputs give logits of shape ({len(x)}, 10), not {tuple(logits.shape)}.")
        agree = share(nearly.detach().argmax(1), logits.detach().argmax(1))
        assert agree > 0.95, "Inputs that differ by hardly anything get other guesses: this looks up rows."
        assert gradients_reach(model, lambda m: F.cross_entropy(m(x[:60]), (y[:60] + 1) % 10))
        guesses = logits.detach().argmax(1)
        return accuracy(guesses, y, full=0.99, half=0.60, what="accuracy on the random labels")

    return second_chance(attempt, rng, margin=1)


@check(
    "random_labels",
    points=1,
    seconds=60,
    hint="torch.manual_seed(seed) at the top of fit_random_labels: first weights follow from the seed alone. Train "
    "anew, on the x and y of this call.",
)
def test_the_seed_decides_the_memoriser(student, rng):
    x, y = disguised_digits(rng, 70)
    y = y % 5
    seed = rng.seed() // 2
    with trace(student) as seen:
        model = student.fit_random_labels(x, y, seed)
    assert seen.calls > 200, (
        "This network was not trained: so few operations are no gradient descent, which takes many small steps."
    )
    model.eval()
    assert tuple(model(x[:6]).shape) == (6, 10), "Logits are of 10 classes, also where some class has no example."
    first = weights_of(model)
    remote(torch.nn.Linear)(5, 5)  # draws from torch's global generator, as anything between two runs may
    with unchanged(x, y):
        again = weights_of(student.fit_random_labels(x, y, seed))
    assert first == close(again), (
        "The same seed gave two different networks: is something drawn before torch.manual_seed(seed)?"
    )
    for step in (1, 2**20):
        other = weights_of(student.fit_random_labels(x, y, seed + step))
        assert not first == close(other), "Two seeds gave the same network: is the seed used?"
    elsewhere = weights_of(student.fit_random_labels(x, (y + 1) % 10, seed))
    assert not first == close(elsewhere), (
        "Other labels with the same seed gave the same network: is it trained on them?"
    )


@check(
    "beyond",
    points=1,
    hint="x.reshape(-1, side, side): the last dimension is the columns. Zeros come in from the left; torch.roll "
    "would bring back what went out on the right.",
)
def test_images_move_to_the_right(student, rng):
    for side, classes, n in ((8, 10, 60), (3, 4, 50), (rng.size(4, 6), 3, 40), (2, 2, 1)):
        model = remote(torch.nn.Linear)(side * side, classes)
        x = rng.uniform(n, side * side)
        shifts = [side, 0, 1, side - 1, 1, side // 2]
        guesses = []
        for columns in shifts:
            images = F.pad(x.reshape(n, side, side), (columns, 0))[:, :, :side]
            guesses.append(model(images.reshape(n, -1)).detach().argmax(1))
        pick = rng.integers(0, len(shifts), (n,))
        y = torch.stack(guesses)[pick, torch.arange(n)]
        want = [share(guess, y) for guess in guesses]
        with unchanged(x, y), same_mode(model):
            got = student.accuracy_when_shifted(model, x, y, shifts, side=side)
        if type(got) is not list or not all(type(value) is float for value in got):
            raise Failure("accuracy_when_shifted gives a list of Python floats.", "wrong_type")
        assert got == close(want), (
            "The accuracies are not those of images moved to the right, with zeros on the left, in the order of shifts."
        )
    assert (
        student.accuracy_when_shifted(remote(torch.nn.Linear)(64, 10), rng.uniform(5, 64), torch.zeros(5).long(), [])
        == []
    )
    model = remote(torch.nn.Sequential)(remote(torch.nn.Linear)(64, 10), remote(torch.nn.Dropout)(0.95))
    x = rng.uniform(80, 64)
    model.eval()
    y = model(x).detach().argmax(1)
    model.train()
    with same_mode(model):
        assert student.accuracy_when_shifted(model, x, y, [0]) == close([1.0])
    model, x = remote(torch.nn.Linear)(9, 4, dtype=torch.float64), rng.uniform(30, 9, dtype=torch.float64)
    y = model(F.pad(x.reshape(30, 3, 3), (1, 0))[:, :, :3].flatten(1)).detach().argmax(1)
    got = student.accuracy_when_shifted(model, x, y, [1], side=3)
    assert got == close([1.0]), "Wrong with images and a network in float64."


def counted(text, n):
    counts = defaultdict(Counter)
    for start in range(len(text) - n + 1):
        counts[text[start : start + n - 1]][text[start + n - 1]] += 1
    return {context: dict(followers) for context, followers in counts.items()}


def drawn_text(draw, alphabet, length):
    return "".join(draw.choice(alphabet) for _ in range(length))


@check(
    "canary",
    points=1,
    hint="Every window of n characters counts, overlapping ones too: its first n - 1 are the context, its last is "
    "what follows. A text of L characters has L - n + 1 of them; with n = 1 the context is the empty string.",
)
def test_counts_of_any_text(student, rng):
    draw = random.Random(rng.seed())
    for n in (1, 2, 3, 5):
        for alphabet, length in (("ab", 30), ("aaa", 12), ("xyzéß 7", 80), ("ab", n), ("ab", n - 1), ("a\n\t", 25)):
            text = drawn_text(draw, alphabet, length)
            got = student.ngram_counts(text, n)
            try:
                plain = {str(context): dict(followers.items()) for context, followers in got.items()}
            except (AttributeError, TypeError, ValueError):
                raise Failure("ngram_counts gives a dict of dicts.", "wrong_type") from None
            assert plain == counted(text, n), (
                "The counts are not those of all windows of n characters. First and last window? Overlapping ones?"
            )


def completed(
    counts, n, prompt, length, best=lambda followers: min(followers, key=lambda c: (-followers[c], c)), moves=True
):
    """What complete() should give, or would with another way to choose, or with a context that never moves on."""
    text = prompt
    while len(text) < len(prompt) + length:
        followers = counts.get((text if moves else prompt)[(len(text) if moves else len(prompt)) - n + 1 :])
        if not followers:
            break
        text += best(followers)
    return text[len(prompt) :]


SLIPS = (
    (
        {"best": lambda f: max(f, key=f.get)},
        "Among characters that are equally frequent you take the first one seen. It is the smallest.",
    ),
    (
        {"best": lambda f: max(f, key=lambda c: (f[c], c))},
        "Among characters that are equally frequent you take the largest. It is the smallest.",
    ),
    ({"best": lambda f: min(f, key=lambda c: (f[c], c))}, "You take the least frequent character."),
    ({"moves": False}, "Your context stays the prompt's. What was added becomes context for what follows."),
)


@check(
    "canary",
    points=1,
    hint="The context is the last n - 1 characters of prompt and what was added so far. Most frequent first, the "
    "smallest character among equals; an unknown context ends it.",
)
def test_completions_of_any_prompt(student, rng):
    draw = random.Random(rng.seed())
    asked, answers = [], []
    for n in (1, 2, 3, 4):
        for alphabet, length in (("abc", 40), ("ba", 25), ("zyxw ", 60), ("cab", n + 2)):
            counts = counted(drawn_text(draw, alphabet, length), n)
            for wanted in (0, 1, 5, 12):
                prompt = drawn_text(draw, alphabet, n - 1 + draw.randrange(4))
                before = {context: dict(followers) for context, followers in counts.items()}
                got = student.complete(counts, n, prompt, wanted)
                if type(got) is not str:
                    raise Failure("complete gives a str.", "wrong_type")
                if prompt and got == prompt + completed(counts, n, prompt, wanted):
                    raise Failure("The prompt is not part of the result: return what was added.")
                assert counts == before, "complete changed the counts: look things up with .get()."
                asked.append((counts, n, prompt, wanted))
                answers.append(got)
    right = [completed(*one) for one in asked]
    if answers == right:
        return
    for slip, said in SLIPS:
        if answers == [completed(*one, **slip) for one in asked]:
            raise Failure(said)
    if answers == [completed(c, n, prompt, max(wanted - len(prompt), 0)) for c, n, prompt, wanted in asked]:
        raise Failure("length is how many characters to add, not how long the whole is.")
    longer = [one for one, got, want in zip(asked, answers, right) if got != want and one[1] > 1]
    if not longer:
        raise Failure(
            "Wrong with n = 1 alone: text[-(n - 1):] is then the whole text, and the context is the empty string."
        )
    raise Failure("The completion is not the most frequent character, one after the other.")


def log_likelihood(counts, n, prompt, continuation, n_symbols, alpha):
    whole, result = prompt + continuation, 0.0
    for end in range(len(prompt), len(whole)):
        followers = counts.get(whole[end - n + 1 : end], {})
        result += math.log(followers.get(whole[end], 0) + alpha)
        result -= math.log(sum(followers.values()) + alpha * n_symbols)
    return result


@check(
    "canary",
    points=1.5,
    hint="For each character: log((count + alpha) / (count of the context + alpha * V)), natural logarithms, added "
    "up. The character then becomes context; unknown contexts and characters count 0. Products of many small "
    "numbers underflow.",
)
def test_log_probability_of_any_continuation(student, rng):
    draw = random.Random(rng.seed())
    for n in (1, 2, 3, 4):
        for alphabet, length in (("abc", 60), ("ab", 8), ("wxyz", 200)):
            counts = counted(drawn_text(draw, alphabet, length), n)
            for alpha, symbols in ((0.01, 5), (1.0, 4), (0.5, 90), (1e-7, 4)):
                for size in (1, 4, 9, 0):
                    prompt = drawn_text(draw, alphabet, n - 1 + draw.randrange(3))
                    text = drawn_text(draw, alphabet + "?", size)
                    got = student.log_probability(counts, n, prompt, text, symbols, alpha)
                    want = log_likelihood(counts, n, prompt, text, symbols, alpha)
                    if size:
                        number(got, "log_probability")
                    if want and got == close(want / math.log(2), rtol=1e-9):
                        raise Failure("These are logarithms to base 2. math.log(value) is the natural one.")
                    assert got == close(want, rtol=1e-9, atol=1e-12), "The log-probability is not that of the formula."
    counts = counted("ab" * 5, 2)
    want = log_likelihood(counts, 2, "a", "a" * 200, 3, 0.01)
    assert student.log_probability(counts, 2, "a", "a" * 200, 3) == close(want, rtol=1e-9), (
        "A long and unlikely continuation: add logarithms, do not take the logarithm of a product (alpha is 0.01 "
        "by default)."
    )


def rival(letters, secret):
    """1 where "xxxx" is more probable than the secret to a model that knows single characters, else 0."""
    counts = counted(letters, 1)
    return int(log_likelihood(counts, 1, "", "xxxx", 12, 0.3) > log_likelihood(counts, 1, "", secret, 12, 0.3))


@check(
    "canary",
    points=1.5,
    hint="log2(number of candidates) - log2(rank). The rank counts the candidates that are at least as probable as "
    "the secret (1e-9 for rounding), and so the secret itself.",
)
def test_exposure_of_any_secret(student, rng):
    draw = random.Random(rng.seed())
    candidates = [f"{i:02d}" for i in range(100)]
    for n in (1, 2, 3, 4):
        filler = "".join(f"it is {draw.randrange(100):02d}. " for _ in range(40))
        for times in (0, 1, 6):
            secret, prompt = draw.choice(candidates), "the pin is "
            counts = counted(filler + f"{prompt}{secret}. " * times, n)
            for some in (candidates, draw.sample(candidates, 37)):
                some = [*some, secret] if secret not in some else list(some)
                draw.shuffle(some)
                for alpha in (0.01, 0.7):
                    scores = [log_likelihood(counts, n, prompt, one, 30, alpha) for one in some]
                    own = scores[some.index(secret)]
                    if any(1e-11 < abs(score - own) < 1e-7 for score in scores):
                        continue  # too near to the bound for rounding to be fair
                    want = math.log2(len(some) / sum(score >= own - 1e-9 for score in scores))
                    got = number(student.exposure(counts, n, prompt, secret, some, 30, alpha), "exposure")
                    larger = math.log2(len(some) / (1 + sum(score > own + 1e-9 for score in scores)))
                    if got != close(want, atol=1e-9) and got == close(larger, atol=1e-9):
                        raise Failure("Candidates exactly as probable as the secret count against it.")
                    assert got == close(want, atol=1e-9), "The exposure is not log2(candidates) - log2(rank), in bits."
    for digits in ("1233", "0456", "7789"):  # sums of the same logarithms in other orders, which differ by rounding
        letters = "".join(digits[i] * (i + 2) ** 2 for i in range(4)) + "x" * draw.randrange(3, 9)
        equal = sorted({"".join(order) for order in permutations(digits)})
        for secret in draw.sample(equal, 6):
            got = student.exposure(counted(letters, 1), 1, "", secret, [*equal, "xxxx"], 12, 0.3)
            want = math.log2((len(equal) + 1) / (len(equal) + rival(letters, secret)))
            assert got == close(want, atol=1e-9), (
                "Candidates that are as probable as the secret up to rounding (1e-9) count against it."
            )
    assert student.exposure({}, 3, "ab", "1", ["1", "2", "3", "4"], 10) == close(0.0, atol=1e-9), (
        "A model that knows nothing gives nothing away: all candidates are equally probable, and the rank is the last."
    )
