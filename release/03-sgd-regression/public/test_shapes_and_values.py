"""The checks that students run themselves: shapes, types and values that they can work out by hand."""

import math

import torch
from autograder.checks import Failure, check, close


def half_squares(w, b, X, y):
    """A loss for loops: half the mean squared error, and its gradient."""
    residuals = X @ w + b - y
    return residuals.square().mean() / 2, (residuals[:, None] * X).mean(0), residuals.mean()


@check("loss_surface", points=1, hint="Entry [i, j] belongs to slopes[i] and intercepts[j]; the mean is over examples.")
def test_the_loss_of_two_lines(student):
    x = torch.tensor([1.0, 2.0])
    got = student.loss_surface(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0, 2.0]), x, x)
    assert got == close(torch.tensor([[2.5, 0.5, 0.5], [0.0, 1.0, 4.0]]))


@check("mse_loss_and_grad", points=1, hint="The residuals are 1 and 2: (1 + 4) / 2 = 2.5. The gradient has a 2 / N.")
def test_loss_and_gradient_of_two_examples(student):
    X = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    got = student.mse_loss_and_grad(torch.tensor([1.0, 1.0]), torch.tensor(0.0), X, torch.zeros(2))
    assert got == close((torch.tensor(2.5), torch.tensor([1.0, 4.0]), torch.tensor(3.0)))


@check("gd_step", points=1, hint="Parameter minus learning rate times gradient, for each of them; a list comes back.")
def test_a_step_of_two_parameters(student):
    got = student.gd_step(
        [torch.tensor([1.0, 2.0]), torch.tensor(0.0)], [torch.tensor([10.0, -10.0]), torch.tensor(1.0)], 0.1
    )
    assert got == close([torch.tensor([0.0, 3.0]), torch.tensor(-0.1)])


@check("lr_regimes", points=1, hint="Each step multiplies theta by 1 - lr * curvatures. Row 0 is the start.")
def test_two_steps_in_a_bowl(student):
    got = student.quadratic_path(torch.tensor([1.0, 4.0]), torch.tensor([8.0, 8.0]), 0.5, 2)
    assert got == close(torch.tensor([[8.0, 8.0], [4.0, -8.0], [2.0, 8.0]]))
    assert student.lr_regime(torch.tensor([1.0, 100.0]), torch.tensor([10.0, 1.0]), 0.0005, 200) == close("slow")
    assert student.critical_rates(torch.tensor([1.0, 3.0])) == close((2 / 3, 0.5))


@check(
    "sgd_fit", points=1, hint="Every batch: one call of loss_and_grad, one step. The mean loss of each epoch, floats."
)
def test_a_line_through_two_points(student):
    X, y = torch.tensor([[-1.0], [1.0]]), torch.tensor([-1.0, 3.0])
    w, b, losses = student.sgd_fit(half_squares, X, y, 0.5, 2, 30, 0)
    assert (w, b) == close((torch.tensor([2.0]), torch.tensor(1.0)))
    assert isinstance(losses, list) and all(isinstance(loss, float) for loss in losses), (
        "losses should be a list of Python floats: .item() takes one out of its tensor."
    )
    assert len(losses) == 30, f"30 epochs give 30 mean losses, not {len(losses)}."
    assert losses[0] == close(2.5), "Before the first step the predictions are 0: the loss of this epoch is known."


@check("batch_noise", points=1, hint="Gradients of single examples: 2 * residual * x, and 2 * residual for the bias.")
def test_the_noise_of_two_examples(student):
    got = student.per_example_gradients(
        torch.tensor([1.0]), torch.tensor(0.0), torch.tensor([[1.0], [3.0]]), torch.zeros(2)
    )
    assert got == close(torch.tensor([[2.0, 2.0], [18.0, 6.0]]))
    assert student.batch_noise(torch.tensor([[0.0], [2.0]]), 1) == close(torch.tensor(1.0))


@check("split_batch", points=1, hint="A shard of 2 and one of 1: weights 2/3 and 1/3.")
def test_two_shards(student):
    X, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([0.0, 0.0, 3.0])
    w, b = torch.tensor([1.0]), torch.tensor(0.0)
    got = student.split_batch_gradient(half_squares, w, b, X, y, [2, 1])
    assert got == close((torch.tensor(5 / 6), torch.tensor([5 / 3]), torch.tensor(1.0)))


@check("outliers", points=1, hint="One of the two is the mean, the other one is the value in the middle.")
def test_constants_for_three_values(student):
    assert student.best_constants(torch.tensor([0.0, 1.0, 5.0])) == close((torch.tensor(2.0), torch.tensor(1.0)))
    X, y = torch.tensor([[1.0], [2.0]]), torch.tensor([5.0, 2.0])
    got = student.mae_loss_and_grad(torch.tensor([1.0]), torch.tensor(0.0), X, y)
    assert got == close((torch.tensor(2.0), torch.tensor([-0.5]), torch.tensor(-0.5)))


@check("gaussian_nll", points=1, hint="With sigma = 1 two terms remain: half the squared error, and log(2 pi) / 2.")
def test_likelihood_with_sigma_one(student):
    y, mu = torch.tensor([1.0, 3.0]), torch.tensor([1.0, 1.0])
    assert student.gaussian_nll(y, mu, 1.0) == close(torch.tensor(1 + math.log(2 * math.pi) / 2))
    assert student.mse_from_nll(1 + math.log(2 * math.pi) / 2, 1.0) == close(2.0)
    assert student.best_sigma(y, mu) == close(math.sqrt(2))


@check("logistic_loss", points=1, hint="sigmoid(log 3) is 3/4: on the slides this is the probability of class 0.")
def test_two_conventions_for_one_example(student):
    beta, X = torch.tensor([math.log(3.0)]), torch.tensor([[1.0]])
    zero, one = torch.tensor([0]), torch.tensor([1])
    assert student.logistic_loss_slide(beta, X, zero) == close(torch.tensor(math.log(4 / 3)))
    assert student.logistic_loss(beta, X, one) == close(torch.tensor(math.log(4 / 3)))
    assert student.predict_slide(torch.tensor([1.0]), torch.tensor([[5.0], [-5.0]])) == close(torch.tensor([0, 1]))


@check("logistic_gradient", points=1, hint="At a score of 0 the probability is 1/2, and the example is wrong by 1/2.")
def test_gradient_at_a_score_of_zero(student):
    got = student.logistic_loss_and_grad(
        torch.zeros(2), torch.tensor(0.0), torch.tensor([[4.0, 2.0]]), torch.tensor([1])
    )
    assert got == close((torch.tensor(math.log(2)), torch.tensor([-2.0, -1.0]), torch.tensor(-0.5)))


@check("train", points=1, hint="Return what sgd_fit returns: the weights, the bias, and the epochs' mean losses.")
def test_training_tells_two_groups_apart(student):
    y = torch.arange(100) % 2
    X = torch.stack([2.0 * y - 1, torch.linspace(-1, 1, 100)], dim=1)
    result = student.train(X, y, 0)
    if not isinstance(result, tuple | list) or len(result) != 3:
        raise Failure("train returns three things: (w, b, losses).", "wrong_type")
    w, b, losses = result
    guesses = X @ w + b > 0
    assert bool((guesses == (y == 1)).all()), "Two groups that one feature tells apart are not told apart."
    assert len(losses) > 1 and losses[-1] < losses[0], "The mean loss of the last epoch is not below the first one's."
