"""Splits: sizes, nothing twice, the seed alone decides, everybody may be held out, groups stay together."""

from collections import Counter
from fractions import Fraction
from math import factorial

import torch
from autograder.checks import Failure, check, close, no_global_randomness, seeded


def parts(result, n, name):
    """The (train, valid) that a split of n examples gave, or a Failure that says what is wrong with it."""
    if type(result) not in (tuple, list) or len(result) != 2 or any(type(part) is not list for part in result):
        raise Failure(f"{name} returns a pair of lists, (train, valid): .tolist() makes a list.", "wrong_type")
    train, valid = result
    if not all(type(number) is int for part in result for number in part):
        raise Failure(f"the lists of {name} hold Python ints: .tolist() makes them.", "wrong_type")
    if set(train) & set(valid):
        raise Failure(
            f"{name}: an example is in both parts. What the model trained on cannot judge it: that is a leak."
        )
    if set(train) | set(valid) != set(range(n)):
        raise Failure(
            f"{name}: the two parts together are not 0 ... n-1: examples are lost, or numbers come from elsewhere."
        )
    if len(train) + len(valid) != n:
        raise Failure(f"{name}: an example is twice in the same part: draw without putting back.")
    return train, valid


def expected_count(n, frac):
    return min(max(round(frac * n), 1), n - 1)


@check(
    "random_split",
    points=1,
    hint="n_valid = min(max(round(valid_frac * n), 1), n - 1); it is the size of the *second* list. int() cuts off "
    "where round() rounds.",
)
def test_the_parts_have_the_right_sizes(student, rng):
    drawn = [(rng.size(20, 400), float(rng.uniform(1, low=0.1, high=0.9))) for _ in range(4)]
    for n, frac in ((100, 0.29), (11, 0.8), (3, 0.1), (3, 0.9), (2, 0.5), (1797, 0.2), (2, 0.01), *drawn):
        if abs(frac * n % 1 - 0.5) < 0.01 and n > 2:
            continue  # whether halves are rounded up or down is not asked for
        train, valid = parts(student.random_split(n, frac, rng.seed()), n, "random_split")
        want = expected_count(n, frac)
        if len(train) == want != len(valid):
            raise Failure("The parts are swapped: valid_frac is the part that is *held out*, and valid comes second.")
        assert len(valid) == want, f"Of n={n} with valid_frac={frac:.3g}, {len(valid)} are held out: round, 1 to n - 1."


@check(
    "random_split",
    points=1,
    hint="torch.Generator().manual_seed(seed), or random.Random(seed): a generator of your own, made in every call.",
)
def test_the_seed_decides_the_split(student, rng):
    n = rng.size(40, 60)
    assert seeded(
        lambda seed: torch.tensor(sorted(parts(student.random_split(n, 0.3, seed), n, "random_split")[1])), rng
    )
    assert no_global_randomness(lambda: student.random_split(n, 0.3, 5))


@check(
    "random_split",
    points=1,
    hint="Shuffle all n numbers and cut. The head or tail of a sorted list is one class or one writer; and a fraction "
    "of 0, of 1, or of 20 where 0.2 was meant is a ValueError.",
)
def test_everybody_may_be_held_out(student, rng):
    held, sets = Counter(), set()
    for _ in range(120):
        _, valid = parts(student.random_split(6, 0.5, rng.seed()), 6, "random_split")
        held.update(valid)
        sets.add(frozenset(valid))
    assert all(30 <= held[i] <= 90 for i in range(6)), (
        "Some examples are held out far more often than others. Is the list shuffled before it is cut?"
    )
    assert len(sets) >= 15, "Only a few of all possible validation sets ever occur. Is everything shuffled?"
    for n, frac in ((10, 0.0), (10, 1.0), (10, -0.2), (10, 20), (1, 0.5), (0, 0.5)):
        try:
            student.random_split(n, frac, 0)
        except ValueError:
            continue
        raise Failure(f"random_split(n={n}, valid_frac={frac}) must raise ValueError.")


@check(
    "unlucky",
    points=1,
    hint="Without replacement: math.comb(n - rare, n_valid) / math.comb(n, n_valid), in integers to the end. "
    "Factorials "
    "as floats overflow, and (1 - rare/n) ** n_valid puts examples back.",
)
def test_chances_are_exact(student, rng):
    cases = [
        (10, 0, 3),
        (7, 0, 7),
        (10, 10, 0),
        (10, 8, 3),
        (10, 10, 1),
        (5, 2, 5),
        (100, 5, 20),
        (4000, 3, 800),
        (3000, 40, 150),
    ]
    cases += [
        (n, rng.size(1, 4), rng.size(1, n // 2)) for n in (rng.size(12, 40), rng.size(12, 40), rng.size(500, 900))
    ]
    for n, rare, n_valid in cases:
        want = Fraction(0)
        if n_valid <= n - rare:
            want = Fraction(factorial(n - rare) * factorial(n - n_valid), factorial(n - rare - n_valid) * factorial(n))
        got = student.chance_of_missing(n, rare, n_valid)
        if not isinstance(got, float | int):
            raise Failure("chance_of_missing returns a Python float.", "wrong_type")
        assert got == close(float(want), rtol=1e-6)


@check(
    "unlucky",
    points=1,
    hint="For each seed: split(len(right), seed), and the mean of right over the *second* list, as a Python float.",
)
def test_one_model_on_many_held_out_sets(student, rng):
    n = rng.size(20, 40)
    right = rng.uniform(n) < 0.7
    seeds = [rng.seed() for _ in range(6)]
    seeds.insert(3, seeds[0])  # one seed twice gives one accuracy twice
    asked = set()

    def split(n, seed):
        asked.add((n, seed))
        order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
        cut = 3 + seed % 11
        return order[cut:], order[:cut]

    got = student.accuracy_by_split(right, split, seeds)
    if asked != {(n, seed) for seed in seeds}:
        raise Failure("split is to be called for each of the seeds, as split(n, seed), with n = len(right).")
    want = [right[split(n, seed)[1]].double().mean().item() for seed in seeds]
    if type(got) is not list or not all(isinstance(number, float) for number in got):
        raise Failure(
            "accuracy_by_split returns a list of Python floats: .item() takes one out of its tensor.", "wrong_type"
        )
    assert got == close(want, rtol=1e-5)


def renamed(names, rng):
    """Six times one of the names becomes a longer one, at the same place of the alphabet: (old name, new names)."""
    kinds = sorted(set(names))
    for i in rng.permutation(len(kinds)).tolist()[:6]:
        longer = f"{kinds[i]} {'abcdefgh'[rng.size(0, 7)]}"  # a blank comes before letters and digits
        yield kinds[i], [longer if name == kinds[i] else name for name in names]


def classes(rng):
    """Labels in mixed order: classes of different sizes, one with a single example, and two with very few."""
    sizes = {"owl": 1, "elk": 2, "ant": 3, "bee": rng.size(8, 12), "cat": rng.size(20, 31), "yak": rng.size(41, 57)}
    labels = [name for name, size in sizes.items() for _ in range(size)]
    return [labels[i] for i in rng.permutation(len(labels)).tolist()], sizes


SET_ORDER = "Is the order that of a set? It is another one whenever Python starts; sorted(set(...)) stays the same."


@check(
    "careful_splits",
    points=1,
    hint="For each class by itself: round(valid_frac * m), at least 1, at most m - 1. The labels come in any order.",
)
def test_each_class_is_split_by_itself(student, rng):
    for frac in (0.2, 0.34, 0.8):
        labels, sizes = classes(rng)
        train, valid = parts(student.stratified_split(labels, frac, rng.seed()), len(labels), "stratified_split")
        held = Counter(labels[i] for i in valid)
        for name, size in sizes.items():
            if abs(frac * size % 1 - 0.5) < 0.01:
                continue
            want = min(max(round(frac * size), 1), size - 1)
            assert held[name] == want, (
                f"Of a class with {size} examples, {held[name]} are held out at valid_frac={frac}: round, at least 1, "
                "at most all but one; and the only example of a class is training data."
            )


@check(
    "careful_splits",
    points=1,
    hint="Shuffle within each class, with one generator made from the seed; do not always hold out the first ones.",
)
def test_who_of_a_class_is_held_out_is_random(student, rng):
    labels, _ = classes(rng)

    def held_out(seed):
        return torch.tensor(
            sorted(parts(student.stratified_split(labels, 0.3, seed), len(labels), "stratified_split")[1])
        )

    assert seeded(held_out, rng)
    assert no_global_randomness(lambda: student.stratified_split(labels, 0.3, 5))
    even = 10 * ["ant", "bee", "cat", "elk", "owl", "yak"]
    held = set(student.stratified_split(even, 0.5, 7)[1])
    for old, names in renamed(even, rng):
        changed = held ^ set(student.stratified_split(names, 0.5, 7)[1])
        assert all(even[i] == old for i in changed), (
            "One class got another name, at the same place of the alphabet, and now other examples of the *other* "
            f"classes are held out. {SET_ORDER}"
        )
    counts, pairs = Counter(), set()
    for _ in range(80):
        _, valid = parts(student.stratified_split(list("xyxyyxxy"), 0.5, rng.seed()), 8, "stratified_split")
        counts.update(valid)
        pairs.add(tuple("xyxyyxxy"[i] for i in sorted(valid)) and frozenset(i for i in valid if i in (0, 2, 5, 6)))
        sides = [sum(i in side for i in valid) for side in ((0, 2, 5, 6), (1, 3, 4, 7))]
        assert sides == [2, 2], "Two of the four examples of each class are to be held out."
    assert all(15 <= counts[i] <= 65 for i in range(8)), "Within a class, some examples are held out far too often."
    assert len(pairs) >= 5, "Only a few of all possible choices within a class ever occur: shuffle it."


def writers(rng):
    """Groups in mixed order, of very different sizes; some of their names begin alike."""
    sizes = {
        "pen": rng.size(1, 3),
        "pencil": rng.size(10, 15),
        "ink": 2,
        "chalk": rng.size(20, 30),
        "brush": 5,
        "quill": 7,
    }
    groups = [name for name, size in sizes.items() for _ in range(size)]
    return [groups[i] for i in rng.permutation(len(groups)).tolist()], sizes


@check(
    "careful_splits",
    points=1,
    hint="Shuffle the names of the groups and hold out the first few names; valid_frac is of the groups, not of the "
    "examples. Then every row goes where its group goes.",
)
def test_groups_stay_together(student, rng):
    for frac, held in 4 * ((0.2, 1), (0.5, 3), (0.3, 2), (0.95, 5), (0.01, 1)):
        groups, sizes = writers(rng)
        train, valid = parts(student.group_split(groups, frac, rng.seed()), len(groups), "group_split")
        shared = {groups[i] for i in train} & {groups[i] for i in valid}
        assert not shared, "A group is on both sides: that is the leak that this split is to prevent."
        found = len({groups[i] for i in valid})
        assert found == held, f"Of 6 groups, {found} are held out at valid_frac={frac}, where {held} should be."


@check(
    "careful_splits",
    points=1,
    hint="A generator of your own, made from the seed; each group is as likely as any other; fewer than two "
    "groups is a "
    "ValueError.",
)
def test_which_groups_are_held_out_is_random(student, rng):
    names = [f"writer {i}" for i in range(40)]
    groups = [names[i % 40] for i in rng.permutation(100).tolist()]

    def held_out(seed):
        return torch.tensor(sorted(parts(student.group_split(groups, 0.3, seed), 100, "group_split")[1]))

    assert seeded(held_out, rng)
    assert no_global_randomness(lambda: student.group_split(groups, 0.3, 5))
    held = {groups[i] for i in student.group_split(groups, 0.3, 7)[1]}
    for old, new in renamed(groups, rng):
        now = {groups[i] for i in student.group_split(new, 0.3, 7)[1]}
        assert len((held ^ now) - {old}) <= 1, (
            "One group got another name, at the same place of the alphabet, and now several *other* groups have "
            f"changed sides. {SET_ORDER}"
        )
    few, counts, pairs = ["big"] * 9 + ["small", "tiny", "mini", "wee"], Counter(), set()
    for _ in range(100):
        _, valid = parts(student.group_split(few, 0.4, rng.seed()), 13, "group_split")
        counts.update({few[i] for i in valid})
        pairs.add(frozenset(few[i] for i in valid))
    assert all(16 <= counts[name] <= 64 for name in set(few)), (
        "Some groups are held out far more often than others. Each group counts once, however large it is."
    )
    assert len(pairs) >= 8, "Only a few of the ten pairs of groups are ever held out: shuffle the names."
    for single in (["x"] * 5, ["x"], []):
        try:
            student.group_split(single, 0.5, 0)
        except ValueError:
            continue
        raise Failure("group_split of fewer than two groups must raise ValueError: nothing could be held out.")


def statistics(x):
    """Mean and deviation of each channel, in float64; 1 where a channel is constant."""
    flat = x.double().transpose(0, 1).flatten(1)
    mean = flat.sum(1) / flat.shape[1]
    std = ((flat - mean[:, None]) ** 2).mean(1).sqrt()
    return mean.to(x.dtype), torch.where(std == 0, torch.ones_like(std), std).to(x.dtype)


def pictures(rng, n, channels, height, width, dtype=torch.float32):
    """Channels of different mean and spread; rows, columns and pictures differ too."""
    x = rng.uniform(n, channels, height, width, dtype=dtype)
    scale = 1 + torch.arange(channels, dtype=dtype).reshape(-1, 1, 1)
    return (
        x * scale + torch.linspace(0, 1, width, dtype=dtype) + torch.linspace(0, 2, n, dtype=dtype).reshape(-1, 1, 1, 1)
    )


@check(
    "normaliser",
    points=1,
    hint="dim=(0, 2, 3) and correction=0: one mean and one deviation for each channel. A deviation of 0 becomes 1.",
)
def test_statistics_of_each_channel(student, rng):
    for shape in ((1, 1, 4, 7), (5, 3, 6, 4), (3, 3, 3, 3), (2, rng.size(4, 6), 3, 5)):
        for dtype in (torch.float32, torch.float64):
            x = pictures(rng, *shape, dtype=dtype)
            mean, std = statistics(x)
            got = student.fit_normaliser(x)
            if type(got) not in (tuple, list) or len(got) != 2:
                raise Failure("fit_normaliser returns a pair: (mean, std).", "wrong_type")
            assert got[0] == close(mean, terms=x[:, 0].numel())
            assert got[1] == close(std, terms=x[:, 0].numel())
    x = pictures(rng, 3, 3, 4, 4)
    x[:, 0], x[:, 2] = 0.0, 1.0
    assert student.fit_normaliser(x)[1] == close(statistics(x)[1], terms=48)
    faint = pictures(rng, 4, 1, 3, 5, dtype=torch.float64) / 2000
    assert student.fit_normaliser(faint)[1] == close(statistics(faint)[1]), (
        "A channel of little contrast has a deviation all the same: only where it is *constant* is std 1."
    )
    far = 50 + pictures(rng, 4, 1, 3, 5) / 50
    assert student.fit_normaliser(far)[1] == close(statistics(far)[1], rtol=1e-3), (
        "The deviation is wrong where the mean is large: subtract the mean *before* you square."
    )


@check("normaliser", points=1, hint="mean[:, None, None] lines up with the channels of (N, C, H, W). No `+ eps`.")
def test_each_channel_gets_its_own(student, rng):
    for shape in ((2, 3, 4, 3), (1, 1, 5, 2), (3, 4, 4, 4), (4, 2, 2, 2), (3, 3, 5, 4)):
        x = pictures(rng, *shape)
        mean, std = rng.normal(shape[1]), rng.uniform(shape[1], low=0.5, high=2.0)
        want = torch.stack([(x[:, c] - mean[c]) / std[c] for c in range(shape[1])], dim=1)
        assert student.normalise(x, mean, std) == close(want, magnitude=4 * x.abs().max())
        x, mean, std = x.double(), mean.double(), std.double() / 1000  # an epsilon would show
        want = torch.stack([(x[:, c] - mean[c]) / std[c] for c in range(shape[1])], dim=1)
        assert student.normalise(x, mean, std) == close(want)


@check(
    "normaliser",
    points=1,
    hint="fit_normaliser(x[train]) once; both parts are normalised by *its* numbers. The held-out part is never "
    "looked at.",
)
def test_the_held_out_part_takes_no_part_in_the_fit(student, rng):
    n = rng.size(9, 14)
    x = pictures(rng, n, 3, 3, 4)
    order = rng.permutation(n).tolist()
    train, valid = order[3:], order[:3]
    x[train, 2] = 0.5  # constant where it is fitted, and not where it is held out
    mean, std = statistics(x[train])
    want = [(x[rows] - mean[:, None, None]) / std[:, None, None] for rows in (train, valid)]
    first = student.normalised_parts(x, train, valid)
    if type(first) not in (tuple, list) or len(first) != 2:
        raise Failure("normalised_parts returns a pair: (x_train, x_valid).", "wrong_type")
    other = x.clone()
    other[valid] = other[valid] * 5 + 10
    second = student.normalised_parts(other, train, valid)
    if not first[0] == close(second[0]):
        raise Failure(
            "Other held-out pictures gave other *training* pictures: the statistics are fitted to all of them. "
            "That is a leak."
        )
    assert first[0] == close(want[0], terms=8 * n)
    if not first[1] == close(want[1], terms=8 * n):
        raise Failure(
            "The training part is right, and the held-out part is not: it is to be normalised by the statistics of the "
            "*training* part, not by its own."
        )
