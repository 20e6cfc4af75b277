"""The checks that students get: shape, dtype and two values for each exercise."""

import torch

from autograder.checks import check, close, finite_like


@check("dot_ops", points=1, hint="Multiply pairwise, then add everything up: a tensor of shape () is left.")
def test_dot_ops_on_two_small_examples(student):
    assert student.dot_ops(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])) == close(torch.tensor(32.0))
    assert student.dot_ops(torch.tensor([2.0, -1.0]), torch.tensor([0.5, 3.0])) == close(torch.tensor(-2.0))


@check("linear", points=1, hint="Each score is one row of W times the example, plus that row's bias: (B, O) comes out.")
def test_linear_on_two_small_examples(student):
    W = torch.tensor([[1.0, 1.0], [0.0, 3.0], [2.0, 0.0]])
    b = torch.tensor([0.0, 0.5, -1.0])
    assert student.linear(torch.tensor([[1.0, 2.0]]), W, b) == close(torch.tensor([[3.0, 6.5, 1.0]]))
    want = torch.tensor([[0.0, 0.5, -1.0], [0.0, -2.5, 1.0]])
    assert student.linear(torch.tensor([[0.0, 0.0], [1.0, -1.0]]), W, b) == close(want)


@check("mse", points=1, hint="Difference, square, mean: a tensor of shape () is left.")
def test_mse_on_two_small_examples(student):
    truth = torch.tensor([1.0, 2.0, 3.0])
    assert student.mse(truth, torch.tensor([1.0, 4.0, 4.0])) == close(torch.tensor(5 / 3))
    assert student.mse(truth, truth.clone()) == close(torch.tensor(0.0))


@check("to_batch", points=1, hint="(N, H, W, 3) bytes become (N, 3, H, W) float32 from 0 to 1.")
def test_to_batch_gives_the_shape_dtype_and_range_of_a_network_s_input(student):
    assert student.to_batch(torch.zeros(2, 4, 5, 3, dtype=torch.uint8)) == close(torch.zeros(2, 3, 4, 5))
    pixel = torch.tensor([[[[255, 0, 51]]]], dtype=torch.uint8)
    assert student.to_batch(pixel) == close(torch.tensor([1.0, 0.0, 0.2]).reshape(1, 3, 1, 1))


@check("invert", points=1, hint="0 becomes 1 and 1 becomes 0; what lies between moves along.")
def test_invert_on_two_small_examples(student):
    assert student.invert(torch.tensor([0.0, 0.25, 1.0])) == close(torch.tensor([1.0, 0.75, 0.0]))
    assert student.invert(torch.full((1, 2, 2), 0.5)) == close(torch.full((1, 2, 2), 0.5))


@check(
    "grayscale", points=1, hint="Take the mean over the channel axis of (B, C, H, W) and keep that axis with size 1."
)
def test_grayscale_of_one_pixel_and_of_a_white_batch(student):
    pixel = torch.tensor([0.0, 0.3, 0.6]).reshape(1, 3, 1, 1)
    assert student.grayscale(pixel) == close(torch.tensor([[[[0.3]]]]))
    assert student.grayscale(torch.ones(2, 3, 4, 5)) == close(torch.ones(2, 1, 4, 5))


@check("keep_red", points=1, hint="Channel 0 stays, channels 1 and 2 become zero, and the shape is as before.")
def test_keep_red_of_one_pixel_and_of_a_white_batch(student):
    pixel = torch.full((1, 3, 1, 1), 0.5)
    assert student.keep_red(pixel) == close(torch.tensor([0.5, 0.0, 0.0]).reshape(1, 3, 1, 1))
    want = torch.cat([torch.ones(2, 1, 4, 5), torch.zeros(2, 2, 4, 5)], dim=1)
    assert student.keep_red(torch.ones(2, 3, 4, 5)) == close(want)


@check("blackout", points=1, hint="The last k rows (axis 2 of (B, C, H, W)) become zero, nothing else does.")
def test_blackout_of_one_row_and_of_two(student):
    want = torch.tensor([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    assert student.blackout(torch.ones(1, 1, 3, 2), 1) == close(want.reshape(1, 1, 3, 2))
    assert student.blackout(torch.ones(1, 1, 2, 2), 2) == close(torch.zeros(1, 1, 2, 2))


@check("mean_image", points=1, hint="Only the batch axis goes: (C, H, W) is left.")
def test_mean_image_of_two_small_batches(student):
    assert student.mean_image(torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1)) == close(torch.tensor([[[0.5]]]))
    assert student.mean_image(torch.ones(4, 3, 2, 5)) == close(torch.ones(3, 2, 5))


@check("channel_stats", points=1, hint="Two tensors come back, (mean, std), each with one number per channel.")
def test_channel_stats_of_two_small_batches(student):
    want = (torch.tensor([0.5]), torch.tensor([0.5]))
    assert student.channel_stats(torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1)) == close(want)
    assert student.channel_stats(torch.ones(4, 3, 2, 5)) == close((torch.ones(3), torch.zeros(3)), atol=1e-3)


@check("pairwise_sqdist", points=1, hint="Row n, column m: the squared distance of A[n] and B[m].")
def test_pairwise_sqdist_on_two_small_examples(student):
    A = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
    assert student.pairwise_sqdist(A, torch.tensor([[3.0, 4.0]])) == close(torch.tensor([[25.0], [13.0]]))
    assert student.pairwise_sqdist(A[:1], A) == close(torch.tensor([[0.0, 2.0]]), atol=1e-5)


@check("seeded_noise", points=1, hint="torch.randn gives float32; seed a generator of your own on every call.")
def test_seeded_noise_has_the_shape_and_can_be_had_again(student):
    first = student.seeded_noise((2, 3), 7)
    assert first == finite_like(torch.zeros(2, 3))
    assert student.seeded_noise((2, 3), 7) == close(first), "two calls with the same seed gave different numbers"


@check(
    "nearest_mean",
    points=2,
    hint="class_means: one row per class, (C, D). nearest_mean: the number of the nearest row.",
)
def test_nearest_mean_on_three_examples_of_two_classes(student):
    x = torch.tensor([[0.0, 0.0], [8.0, 8.0], [2.0, 4.0]])
    means = torch.tensor([[1.0, 2.0], [8.0, 8.0]])
    assert student.class_means(x, torch.tensor([0, 1, 0])) == close(means)
    assert student.nearest_mean(means, torch.tensor([[7.0, 9.0], [0.0, 0.0]])) == close(torch.tensor([1, 0]))
