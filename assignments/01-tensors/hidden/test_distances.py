"""Hidden checks of pairwise_sqdist, seeded_noise and the nearest-mean classifier."""

from pathlib import Path

import numpy as np
import torch

from autograder.checks import (
    accuracy,
    any_layout,
    check,
    close,
    finite_like,
    forbid,
    no_global_randomness,
    seeded,
    unchanged,
)

DATA = Path(__file__).parent / "data"


def distances(A, B):
    return torch.cdist(A.double(), B.double(), compute_mode="donot_use_mm_for_euclid_dist").square().to(A.dtype)


def squares(A, B):
    """What the formula adds up for each pair, before the mixed term is subtracted."""
    return A.square().sum(1, keepdim=True) + B.square().sum(1)


@check(
    "pairwise_sqdist",
    points=2,
    hint="|a|² - 2 a·b + |b|²: all three terms, the first as a column (N, 1), the last as a row. No square root.",
)
def test_pairwise_sqdist_of_any_two_sets_of_points(student, rng):
    for n, m, d in ((1, 1, 1), (1, 6, 3), (5, 1, 2), (4, 4, 4), (3, 7, 1), (rng.size(5, 20), rng.size(21, 30), 8)):
        A, B = rng.normal(n, d) * 2, rng.normal(m, d) + 1
        want = distances(A, B)
        with unchanged(A, B):
            assert student.pairwise_sqdist(A, B) == close(want, rtol=1e-3, magnitude=squares(A, B))
    A, B = rng.normal(6, 5, dtype=torch.float64), rng.normal(4, 5, dtype=torch.float64)
    want = distances(A, B)
    assert student.pairwise_sqdist(A, B) == close(want, magnitude=squares(A, B))
    assert any_layout(student.pairwise_sqdist, rng.normal(4, 3), rng.normal(5, 3), rtol=1e-3, atol=1e-3)


@check(
    "pairwise_sqdist",
    points=1,
    hint="In float32 the formula can end a little below zero where two points coincide: clamp(min=0).",
)
def test_pairwise_sqdist_is_never_negative(student, rng):
    A = rng.normal(150, 6) * 20
    for B in (A, A[rng.permutation(150)][:120]):
        got = student.pairwise_sqdist(A, B)
        assert got == close(distances(A, B), rtol=1e-3, magnitude=squares(A, B))
        assert not bool((got < 0).any()), "some squared distances are negative"


@check(
    "pairwise_sqdist",
    points=2,
    seconds=8,
    hint="A Python loop over millions of pairs takes minutes: the middle term, for all pairs, is one matrix product.",
)
def test_pairwise_sqdist_has_no_loop_and_is_fast(student, rng):
    A, B = rng.normal(2000, 4), rng.normal(2000, 4)
    got = student.pairwise_sqdist(A, B)
    assert got == close(distances(A, B), rtol=1e-3, magnitude=squares(A, B))
    forbid(student, "pairwise_sqdist", "loop", "cdist", "pdist", "pairwise_distance", "pairwise_distances",
           "euclidean_distances", "distance_matrix", "vmap")  # fmt: skip


@check(
    "seeded_noise",
    points=1,
    hint=(
        "Seed inside the function, with the seed that was given: the same seed again, the same numbers; "
        "another seed, others."
    ),
)
def test_seeded_noise_depends_on_the_seed_and_on_nothing_else(student, rng):
    for shape in ((rng.size(2, 5), 1, rng.size(6, 9)), (7,), (4, 3), (3, 2, 5, 4)):
        noise = student.seeded_noise(shape, rng.seed())
        assert noise == finite_like(torch.zeros(shape))
        assert len(noise.unique()) >= noise.numel() - 1, "the same number stands in several places of the noise"
    assert seeded(lambda seed: student.seeded_noise((3, 4), seed), rng)
    start = rng.size(0, 9)
    seeds = sorted({0, 1, 2, start, *(start + 2**k for k in range(30)), *(start + 10**k for k in range(1, 10))})
    drawn = torch.stack([student.seeded_noise((5,), seed) for seed in seeds])
    assert len(drawn.unique(dim=0)) == len(seeds), "two different seeds gave the same numbers"


@check(
    "seeded_noise",
    points=1,
    hint="Standard normal: mean 0 and standard deviation 1, in float32. torch.rand is uniform.",
)
def test_seeded_noise_is_standard_normal(student, rng):
    noise = student.seeded_noise((200, 100), rng.seed())
    assert noise == finite_like(torch.zeros(200, 100))
    mean, std = float(noise.mean()), float(noise.std())
    down, across = noise[1:] - noise[:-1], noise[:, 1:] - noise[:, :-1]
    assert float(down.std()) > 1.2 * std, "the rows of the noise depend on each other"
    assert float(across.std()) > 1.2 * std, "the columns of the noise depend on each other"
    assert abs(mean) < 0.04, "the mean of 20,000 numbers is far from 0"
    assert abs(std - 1) < 0.03, "the standard deviation of 20,000 numbers is far from 1"
    assert float(noise.abs().max()) > 3.2, "20,000 normal numbers, and none beyond 3.2: is this another distribution?"
    standard = (noise - mean) / std
    assert abs(float((standard**3).mean())) < 0.15, "the numbers lean to one side: is this another distribution?"
    assert abs(float((standard**4).mean()) - 3) < 0.25, (
        "too many of the numbers are large, or too few: is this another distribution?"
    )
    assert len(noise.unique()) > 0.9985 * noise.numel(), "many of the numbers are equal: is a part repeated or cut off?"
    echo = torch.fft.irfft(torch.fft.rfft(standard.flatten().double()).abs() ** 2)[1:] / noise.numel()
    assert float(echo.abs().max()) < 0.1, "a part of the noise comes again further on, or its negative does"
    assert abs(mean) > 5e-6 or abs(std - 1) > 4e-5, (  # by chance in fewer than one of 100,000 draws
        "mean 0 and deviation 1 to the last digit: draw the numbers, and leave them as they are"
    )


@check(
    "seeded_noise",
    points=1,
    hint=(
        "torch.manual_seed and np.random.seed change the generator that the whole program shares. Make your "
        "own: torch.Generator()."
    ),
)
def test_seeded_noise_leaves_the_global_generators_alone(student, rng):
    def draw():
        return student.seeded_noise((3, 4), rng.seed())

    assert draw() == finite_like(torch.zeros(3, 4))
    assert no_global_randomness(draw)


@check(
    "nearest_mean",
    points=2,
    hint=(
        "One mean per class, over the examples of that class alone, row c for class c. Divide by how many "
        "there are of it."
    ),
)
def test_class_means_are_the_means_of_each_class(student, rng):
    for classes, d in ((2, 3), (5, 1), (rng.size(6, 9), 7), (1, 4)):
        y = torch.cat([torch.arange(classes), rng.integers(0, classes, (rng.size(5, 30),))])
        y = y[rng.permutation(len(y))]
        x = rng.normal(len(y), d) + y[:, None]
        want = torch.zeros(classes, d).index_add(0, y, x) / torch.bincount(y)[:, None]
        with unchanged(x, y):
            assert student.class_means(x, y) == close(want, terms=len(y))
    assert any_layout(lambda points: student.class_means(points, torch.tensor([1, 0, 1, 2])), rng.normal(4, 3))


@check(
    "nearest_mean",
    points=2,
    hint="argmin, over the classes: one int64 label per example. A far mean with a large dot product is still far.",
)
def test_nearest_mean_picks_the_smallest_distance(student, rng):
    for n, classes, d in ((1, 2, 3), (8, 1, 2), (5, 5, 5), (rng.size(20, 40), rng.size(6, 9), 4)):
        means = rng.normal(classes, d) * rng.uniform(classes, 1, low=0.5, high=4.0) + 2
        means[-1] = 3 * means[0]  # in the same direction and far away: an angle is not a distance
        picked = rng.integers(0, classes, (n,))
        x = means[picked] + 0.01 * rng.normal(n, d)
        want = distances(x, means).argmin(1)
        with unchanged(means, x):
            assert student.nearest_mean(means, x) == close(want)
    for classes, d, size in ((1, 3, 1.0), (4, 3, 3.0), (6, 8, 1.0), (6, 8, 10.0)):
        means, x = rng.normal(classes, d), size * rng.normal(200, d)
        nearest, second = distances(x, torch.cat([means, means[:1] + 1e3])).topk(2, largest=False).values.T
        x = x[(second / nearest).topk(25).indices]  # no tie, which rounding would decide
        want = distances(x, means).argmin(1)
        assert student.nearest_mean(means, x) == close(want)
    here, axis = rng.normal(4), torch.eye(4)[rng.permutation(4)[:1]]
    for size, nearer in ((1.3, 1), (1.7, 0)):  # the first would be city blocks' answer, the second the largest step's
        means = here + torch.cat([3 * axis, size * torch.ones(1, 4)])
        assert student.nearest_mean(means, here[None]) == close(torch.tensor([nearer]))
    line = torch.arange(5.0)[:, None] * (1 + rng.uniform(1, 3))  # where a factor at x or at the means moves the border
    x = (torch.arange(5.0) + rng.uniform(5, low=-0.4, high=0.4))[:, None] * line[1]
    assert student.nearest_mean(line, x) == close(torch.arange(5))
    assert any_layout(student.nearest_mean, 4 * torch.eye(3), 4 * torch.eye(3)[[2, 0, 1, 1]])


@check(
    "nearest_mean",
    points=2,
    hint=(
        "About 0.90 is what the nearest mean reaches on these digits. Much less: are the rows of the means "
        "in the order of the classes?"
    ),
)
def test_nearest_mean_reads_digits_it_has_not_seen(student, rng):
    """Pixels and classes are renamed at random, which the method cannot notice and a memorised answer can."""
    with np.load(DATA / "digits.npz") as data:
        x_fit, x_held = (torch.from_numpy(data[name].astype(np.float32) / 16) for name in ("x_fit", "x_held"))
        y_fit, y_held = (torch.from_numpy(data[name].astype(np.int64)) for name in ("y_fit", "y_held"))
    pixels, names = rng.permutation(64), rng.permutation(10)
    order = rng.permutation(len(x_held))
    x_held, y_held = x_held[order], y_held[order]
    means = student.class_means(x_fit[:, pixels], names[y_fit])
    assert means == finite_like(torch.zeros(10, 64))
    guess = student.nearest_mean(means, x_held[:, pixels])
    return accuracy(guess, names[y_held], full=0.88, half=0.70)
