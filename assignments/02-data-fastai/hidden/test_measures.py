"""What is measured: accuracy, confusion, groups, intervals; what a unit sees; what choosing by validation does."""

import math
from collections import defaultdict

import torch
import torch.nn.functional as F
from autograder.checks import Failure, check, close


def python_floats(*numbers):
    if not all(isinstance(number, float | int) for number in numbers):
        raise Failure("These are Python floats: .item() takes one out of its tensor.", "wrong_type")


def guesses(rng, n, classes):
    """True and guessed classes, about two thirds of them right."""
    y = rng.integers(0, classes, (n,))
    return y, torch.where(rng.uniform(n) < 0.66, y, rng.integers(0, classes, (n,)))


@check(
    "metrics",
    points=1,
    hint="A fraction between 0 and 1, a Python float (.item()). Compare the shapes first: (N,) with (N, 1) "
    "broadcasts to "
    "(N, N).",
)
def test_accuracy_is_a_fraction_of_pairs(student, rng):
    for n, classes in ((1, 2), (rng.size(30, 60), 4), (257, 2)):
        y, guess = guesses(rng, n, classes)
        right = sum(int(a) == int(b) for a, b in zip(y, guess))
        got, rest = student.accuracy_of(y, guess), student.error_rate_of(y, guess)
        if not isinstance(got, float) or not isinstance(rest, float):
            raise Failure(
                "Accuracy and error rate are Python floats: .item() takes one out of its tensor.", "wrong_type"
            )
        assert got == close(right / n, rtol=1e-5)
        assert rest == close((n - right) / n, rtol=1e-5, atol=1e-6)
    y, _ = guesses(rng, 5, 3)
    for function in (student.accuracy_of, student.error_rate_of):
        for other in (y[:, None], y[:1], torch.cat([y, y])):
            try:
                function(y, other)
            except ValueError:
                continue
            raise Failure(f"true classes of shape (5,) and guesses of {tuple(other.shape)} must raise ValueError.")


@check(
    "metrics",
    points=1,
    hint="Row = truth, column = guess; counts (int64); n_classes rows and columns even where a class never occurs.",
)
def test_rows_of_the_matrix_are_the_truth(student, rng):
    for n, classes in ((60, 3), (1, 4), (rng.size(20, 40), 7), (1500, 2)):
        y, guess = guesses(rng, n, classes - 1 if n == 1 else classes)  # once, a class that does not occur
        if n == 60:
            guess[guess == classes - 1] = 0  # a class that is never guessed
        want = torch.zeros(classes, classes, dtype=torch.int64)
        for a, b in zip(y.tolist(), guess.tolist()):
            want[a, b] += 1
        got = student.confusion_matrix(y, guess, classes)
        if classes > 2 and not torch.equal(want, want.T) and got == close(want.T):
            raise Failure("The matrix is transposed: rows are the truth, columns the guesses.")
        assert got == close(want)


def by_hand(y, guess, groups):
    right, seen = defaultdict(int), defaultdict(int)
    for a, b, name in zip(y.tolist(), guess.tolist(), groups):
        right[name] += a == b
        seen[name] += 1
    return {name: right[name] / seen[name] for name in seen}


def drawn_groups(rng, n):
    """Names in mixed order, of very unequal frequency; one occurs once, and one name is a part of another."""
    names = ["north"] * (n // 2) + ["north-east"] * (n // 4) + ["west"] * (n - n // 2 - n // 4 - 1) + ["island"]
    return [names[i] for i in rng.permutation(n).tolist()]


@check("per_group", points=1, hint="Only the rows of a group count for it. Every group that occurs has an entry.")
def test_accuracy_within_each_group(student, rng):
    for n in (rng.size(24, 40), 90):
        y, guess = guesses(rng, n, 3)
        groups = drawn_groups(rng, n)
        got = student.group_accuracies(y, guess, groups)
        if not isinstance(got, dict):
            raise Failure("group_accuracies returns a dict from group to accuracy.", "wrong_type")
        assert set(got) == set(groups), "The dict is to have each group that occurs, and no other."
        want = by_hand(y, guess, groups)
        for name, value in got.items():
            if not isinstance(value, float):
                raise Failure("The accuracies are Python floats: .item() takes one out of its tensor.", "wrong_type")
            assert value == close(want[name], rtol=1e-5)


@check(
    "per_group",
    points=1,
    hint="Worst: the lowest accuracy; of equals the first in the alphabet. Averages: (mean over rows, mean over "
    "groups), in "
    "this order.",
)
def test_the_worst_group_and_two_averages(student, rng):
    low = float(rng.uniform(1, low=0.05, high=0.3))
    for accuracies in (
        {"b": 0.5, "a": 0.9, "c": low},
        {"z": low, "m": 1.0, "k": low, "q": 0.8},
        {"only": 1.0},
        {"f": 0.9, "g": 0.0, "e": low, "h": 0.0},
    ):
        got = student.worst_group(accuracies)
        if type(got) not in (tuple, list) or len(got) != 2:
            raise Failure("worst_group returns a pair: (name, accuracy).", "wrong_type")
        least = min(accuracies.values())
        assert got[1] == close(least), "That is not the lowest of the accuracies."
        assert got[0] == min(name for name in accuracies if accuracies[name] == least), "The wrong group is named."
    n = rng.size(40, 60)
    y, groups = rng.integers(0, 3, (n,)), drawn_groups(rng, n)
    guess = torch.where(torch.tensor([name == "north" for name in groups]), y, (y + 1) % 3)
    guess[:4] = y[:4]
    want = by_hand(y, guess, groups)
    micro, macro = (y == guess).double().mean().item(), sum(want.values()) / len(want)
    got = student.both_averages(y, guess, groups)
    if type(got) not in (tuple, list) or len(got) != 2:
        raise Failure("both_averages returns a pair: (over examples, over groups).", "wrong_type")
    python_floats(*got)
    if got[0] == close(macro, rtol=1e-5) and got[1] == close(micro, rtol=1e-5):
        raise Failure("The two averages are swapped: over all examples comes first, over groups second.")
    assert tuple(got) == close((micro, macro), rtol=1e-5)


@check("interval", points=0.5, hint="The root of p (1 - p) / n.")
def test_standard_errors(student, rng):
    for n in (1, 7, rng.size(50, 5000)):
        for p in (0.0, 1.0, float(rng.uniform(1))):
            got = student.standard_error(p, n)
            python_floats(got)
            assert got == close(math.sqrt(p * (1 - p)) / math.sqrt(n))


@check(
    "interval",
    points=1.5,
    hint="Centre p + z²/(2n), reach z * sqrt(p(1-p)/n + z²/(4n²)), and both over 1 + z²/n. Use the z that came.",
)
def test_wilsons_interval(student, rng):
    for n in (1, 20, rng.size(30, 90), rng.size(300, 4000)):
        for p in (0.0, 1.0, round(n * float(rng.uniform(1))) / n, 0.5):
            for options in ({}, {"z": 1.0}, {"z": 2.5758}):
                z = options.get("z", 1.96)
                got = student.wilson_interval(p, n, **options)
                if type(got) not in (tuple, list) or len(got) != 2:
                    raise Failure("wilson_interval returns a pair: (low, high).", "wrong_type")
                python_floats(*got)
                # The two ends are the roots of (q - p)² = z² q (1 - q) / n.
                a, b, c = 1 + z * z / n, -(2 * p + z * z / n), p * p
                root = math.sqrt(max(b * b - 4 * a * c, 0.0))
                want = max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))
                assert tuple(got) == close(want, rtol=1e-6, atol=1e-9)
                assert all(-1e-12 <= end <= 1 + 1e-12 for end in got), (
                    "An accuracy lies within [0, 1], and so does its interval."
                )


@check(
    "interval", points=1, hint="accuracy * (1 - accuracy) * (z / half_width) ** 2, rounded *up*, at least 1, an int."
)
def test_enough_examples_and_no_more(student, rng):
    for p in (0.5, 0.9, float(rng.uniform(1, low=0.05, high=0.95)), 0.0, 1.0):
        for options in ({}, {"z": 1.2816}):
            width = float(rng.uniform(1, low=0.007, high=0.2))
            exact = p * (1 - p) * (options.get("z", 1.96) / width) ** 2
            if abs(exact - round(exact)) < 1e-6 and exact > 0:
                continue
            got = student.examples_needed(p, width, **options)
            if type(got) is not int:
                raise Failure("examples_needed returns a whole number of examples, an int.", "wrong_type")
            assert got == max(1, math.ceil(exact)), (
                "Not the smallest number of examples that is enough (round up; at least 1)."
            )
    for width, z, just in ((0.25, 1.0, 4), (0.125, 2.0, 64), (0.5, 1.0, 1)):  # no digit is lost in any of these
        assert student.examples_needed(0.5, width, z) == just, (
            "Not the smallest number: where the formula gives a whole number, that many are enough."
        )


STACKS = (
    [],
    [(5, 1, 2)],
    [(1, 3, 0), (3, 1, 0)],
    [(3, 2, 1), (3, 2, 1), (3, 2, 1)],
    [(7, 2, 3), (3, 2, 1), (1, 1, 0), (3, 1, 0)],
    [(2, 2, 0), (4, 3, 1), (3, 1, 1)],
    [(1, 2, 0), (3, 3, 1), (1, 2, 0), (3, 1, 1)],
)


@check(
    "receptive_field",
    points=1,
    hint="field += (kernel - 1) * jump first, jump *= stride afterwards: a layer's own stride widens only what "
    "comes after.",
)
def test_fields_of_stacks(student, rng):
    drawn = [(rng.size(1, 5), rng.size(1, 3), rng.size(0, 2)) for _ in range(4)]
    for layers in (*STACKS, drawn, drawn[::-1]):
        width = 1
        for kernel, stride, _ in reversed(layers):  # back from one unit to the pixels below it
            width = (width - 1) * stride + kernel
        got = student.receptive_field(layers)
        if not isinstance(got, int):
            raise Failure("receptive_field returns a Python int.", "wrong_type")
        assert got == close(width)


@check(
    "receptive_field",
    points=1,
    hint="Padding is on both sides, the division rounds down, and the next layer starts from what came out.",
)
def test_sizes_of_stacks(student, rng):
    drawn = [(rng.size(1, 4), rng.size(1, 3), rng.size(0, 2)) for _ in range(3)]
    for layers in (*STACKS, drawn):
        for size in (24, rng.size(40, 70)):
            x = torch.zeros(1, 1, size)
            for kernel, stride, padding in layers:
                x = F.conv1d(x, torch.zeros(1, 1, kernel), stride=stride, padding=padding)
            assert student.output_size(size, layers) == close(x.shape[-1])


def answers(rng, models, n_valid, n_test):
    """Right or wrong, for models whose validation and test accuracies have little to do with each other."""
    skill, other = rng.uniform(models, 1), rng.uniform(models, 1)
    return rng.uniform(models, n_valid) < skill, rng.uniform(models, n_test) < other


@check(
    "proxy",
    points=1,
    hint="argmax over the validation accuracies, the first of equals; then *that* row of the test set, not the "
    "best one there.",
)
def test_chosen_by_validation_and_reported_by_test(student, rng):
    for models, n_valid, n_test in ((1, 3, 5), (6, 20, 9), (rng.size(8, 15), 4, 30), (30, 3, 50)):
        valid, test = answers(rng, models, n_valid, n_test)
        counts = valid.sum(1).tolist()
        k = counts.index(max(counts))
        got = student.choose_model(valid, test)
        if type(got) not in (tuple, list) or len(got) != 3:
            raise Failure("choose_model returns (k, valid_accuracy, test_accuracy).", "wrong_type")
        if type(got[0]) is not int:
            raise Failure("k is the number of a model, a Python int.", "wrong_type")
        assert got[0] == k, "Not the first of the models that are best on the validation set."
        if not all(isinstance(number, float) for number in got[1:]):
            raise Failure("The two accuracies are Python floats: .item() takes one out of its tensor.", "wrong_type")
        want = max(counts) / n_valid, int(test[k].sum()) / n_test
        assert (got[1], got[2]) == close(want, rtol=1e-5)


@check(
    "proxy", points=1, hint="Entry k-1 chooses among valid_right[:k]: the best *so far*. Its test accuracy may fall."
)
def test_the_best_so_far(student, rng):
    for models, n_valid, n_test in ((1, 4, 4), (12, 6, 11), (rng.size(15, 25), 5, 40)):
        valid, test = answers(rng, models, n_valid, n_test)
        counts, best, want = valid.sum(1).tolist(), 0, ([], [])
        for k in range(models):
            best = k if counts[k] > counts[best] else best
            want[0].append(counts[best] / n_valid)
            want[1].append(int(test[best].sum()) / n_test)
        got = student.proxy_decay(valid, test)
        if type(got) not in (tuple, list) or len(got) != 2:
            raise Failure("proxy_decay returns two lists: (valid_accuracies, test_accuracies).", "wrong_type")
        if not all(type(part) is list for part in got):
            raise Failure("proxy_decay returns two *lists*: .tolist() makes one of a tensor.", "wrong_type")
        python_floats(*got[0], *got[1])
        assert tuple(got) == close(want, rtol=1e-5)
