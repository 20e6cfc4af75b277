"""Hidden checks of to_batch, the four edits and the statistics."""

import torch

from autograder.checks import any_layout, check, close, unchanged

CLONE = "Assign into `batch.clone()`, or build a new tensor: the caller still needs this one."
AXES = "The axes of (B, C, H, W) are 0, 1, 2, 3: which one do you mean? Square images and B = C hide a mistake."


def some_shapes(rng):
    """Batches (B, H, W): one image, B = channels, one row, one column, square, and one at random, twice."""
    random = rng.size(2, 5), rng.size(2, 9), rng.size(10, 12)
    return ((1, 4, 6), (3, 5, 2), (2, 1, 7), (4, 6, 1), (2, 3, 3), random, random)


def as_network_input(imgs):
    return torch.stack([imgs[..., c] for c in range(3)], dim=1).float() / 255


@check(
    "to_batch",
    points=3,
    hint=(
        "reshape and view give the right shape and scramble the picture; transpose(1, 3) swaps height and "
        "width as well. permute names where each axis comes from."
    ),
)
def test_to_batch_moves_the_channels_and_nothing_else(student, rng):
    for batch, height, width in (*some_shapes(rng), (3, 3, 3)):
        imgs = rng.integers(0, 256, (batch, height, width, 3), dtype=torch.uint8)
        want = as_network_input(imgs)
        assert student.to_batch(imgs) == close(want)
    assert any_layout(student.to_batch, rng.integers(0, 256, (2, 3, 4, 3), dtype=torch.uint8))


@check(
    "to_batch",
    points=2,
    hint=(
        "0 becomes 0.0 and 255 becomes 1.0, whatever else is in the batch: divide by 255, not by the "
        "maximum, in float32 and without `//`."
    ),
)
def test_to_batch_scales_by_255_whatever_the_images_hold(student, rng):
    dark = rng.integers(0, 40, (2, 3, 4, 3), dtype=torch.uint8)
    every = torch.arange(256, dtype=torch.uint8)[torch.arange(768) % 256].reshape(1, 16, 16, 3)
    for imgs in (dark, every, torch.zeros_like(dark), torch.full_like(dark, 255), dark % 2, dark % 2 * 255):
        want = as_network_input(imgs)
        with unchanged(imgs):
            assert student.to_batch(imgs) == close(want)


@check("invert", points=1, hint="One minus the image: 0.2 becomes 0.8, whatever the largest value in it is.")
def test_invert_of_images_and_batches(student, rng):
    for shape in ((4, 6), (3, 5, 2), (2, 3, 4, 5), (2, 3, 4, 5), (1, 1, 1, 1), (7,), ()):
        img = rng.uniform(*shape, low=0.1, high=0.7)
        want = 1 - img
        assert student.invert(img) == close(want)
    img = rng.uniform(3, 8, 9)
    want = 1 - img
    assert student.invert(img) == close(want)
    assert any_layout(student.invert, rng.uniform(2, 3, 4))


@check("invert", points=1, hint=f"`1 - img` is a new tensor. {CLONE}")
def test_invert_leaves_the_image_alone(student, rng):
    img = rng.uniform(3, 4, 5)
    want = 1 - img
    with unchanged(img):
        assert student.invert(img) == close(want)


@check("grayscale", points=2, hint=f"The plain mean over the channels. {AXES}")
def test_grayscale_is_the_mean_over_the_channels(student, rng):
    for batch, height, width in some_shapes(rng):
        for channels in (3, 1, 4):
            x = rng.uniform(batch, channels, height, width)
            want = x.sum(1, keepdim=True) / channels
            assert student.grayscale(x) == close(want)
    assert any_layout(student.grayscale, rng.uniform(2, 3, 4, 5))


@check("grayscale", points=1, hint=CLONE)
def test_grayscale_leaves_the_batch_alone(student, rng):
    x = rng.uniform(2, 3, 4, 5)
    want = x.sum(1, keepdim=True) / 3
    with unchanged(x):
        assert student.grayscale(x) == close(want)


def red_only(x):
    return x * torch.tensor([1.0, 0.0, 0.0])[:, None, None]


@check("keep_red", points=2, hint=f"`batch[:, 0]` is the red channel of every image; the other two become zero. {AXES}")
def test_keep_red_keeps_channel_zero_of_every_image(student, rng):
    for batch, height, width in some_shapes(rng):
        x = rng.uniform(batch, 3, height, width, low=0.1)
        want = red_only(x)
        assert student.keep_red(x) == close(want)
    assert any_layout(student.keep_red, rng.uniform(2, 3, 4, 5))


@check("keep_red", points=1, hint=CLONE)
def test_keep_red_leaves_the_batch_alone(student, rng):
    x = rng.uniform(2, 3, 4, 5, low=0.1)
    want = red_only(x)
    with unchanged(x):
        assert student.keep_red(x) == close(want)


def blacked_out(x, k):
    rows = torch.arange(x.shape[2])[:, None]
    return torch.where(rows < x.shape[2] - k, x, torch.zeros(()))


@check("blackout", points=1.5, hint=f"The last k rows of every image, in every channel, and no others. {AXES}")
def test_blackout_covers_the_last_rows(student, rng):
    for batch, height, width in some_shapes(rng):
        x = rng.uniform(batch, 3, height, width, low=0.1)
        for k in range(1, height):
            want = blacked_out(x, k)
            assert student.blackout(x, k) == close(want)
    assert any_layout(lambda batch: student.blackout(batch, 2), rng.uniform(2, 3, 4, 5))


@check(
    "blackout",
    points=1,
    hint="`x[-k:]` with k = 0 is `x[0:]`: everything. Count from the top instead: the rows from H - k on.",
)
def test_blackout_of_no_rows_and_of_all_rows(student, rng):
    for batch, height, width in some_shapes(rng):
        x = rng.uniform(batch, 3, height, width, low=0.1)
        want = x.clone()
        assert student.blackout(x, 0) == close(want)
        assert student.blackout(x, height) == close(torch.zeros_like(want))


@check("blackout", points=0.5, hint=CLONE)
def test_blackout_leaves_the_batch_alone(student, rng):
    x = rng.uniform(2, 3, 4, 5, low=0.1)
    want = blacked_out(x, 2)
    with unchanged(x):
        assert student.blackout(x, 2) == close(want)


@check("mean_image", points=2, hint=f"Only the batch axis goes; what is left is one image, (C, H, W). {AXES}")
def test_mean_image_reduces_over_the_batch(student, rng):
    for batch, height, width in some_shapes(rng):
        for channels in (3, 1):
            x = 1 + rng.normal(batch, channels, height, width)
            want = torch.stack([*x]).sum(0) / batch
            with unchanged(x):
                assert student.mean_image(x) == close(want)
    assert any_layout(student.mean_image, rng.uniform(2, 3, 4, 5))


def statistics(x):
    flat = x.transpose(0, 1).reshape(x.shape[1], -1).double()
    mean = flat.mean(1, keepdim=True)
    return mean[:, 0].to(x.dtype), ((flat - mean) ** 2).mean(1).sqrt().to(x.dtype)


@check(
    "channel_stats",
    points=2,
    hint=(
        "All images and all pixels of a channel together: three axes go at once. The mean of each image's "
        "standard deviation is something else."
    ),
)
def test_channel_stats_over_images_and_pixels_together(student, rng):
    for batch, height, width in some_shapes(rng):
        for channels in (3, 1, 5):
            brightness = rng.uniform(batch, channels, 1, 1)
            x = 0.5 * brightness + 0.5 * rng.uniform(batch, channels, height, width)
            want = statistics(x)
            n = batch * height * width
            other = want[0], want[1] * (n / (n - 1)) ** 0.5  # which of the two deviations it is, the next check asks
            with unchanged(x):
                got = student.channel_stats(x)
            assert got == close(other, terms=n) or got == close(want, terms=n)
    for which in (0, 1):
        assert any_layout(lambda batch, which=which: student.channel_stats(batch)[which], rng.normal(2, 3, 4, 5))


@check(
    "channel_stats",
    points=2,
    hint=(
        "torch divides by n - 1 unless you say correction=0 (or unbiased=False). It shows when there are "
        "few values, and gives NaN when there is one."
    ),
)
def test_channel_stats_divides_by_the_number_of_values(student, rng):
    for shape in ((2, 3, 1, 1), (1, 3, 1, 2), (2, 2, 2, 1), (3, 3, 2, 2), (2, 3, 5, 7), (2, 3, 5, 7)):
        x = rng.uniform(*shape)
        want = statistics(x)
        assert student.channel_stats(x) == close(want, rtol=1e-3, terms=x.numel())
    one = rng.uniform(1, 3, 1, 1)
    want = (one[0, :, 0, 0], torch.zeros(3))
    assert student.channel_stats(one) == close(want, atol=2e-3)
