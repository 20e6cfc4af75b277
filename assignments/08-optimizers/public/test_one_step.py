"""The checks that students run themselves: one or two steps, with numbers that can be worked out by hand."""

import math

import torch
from autograder.checks import Failure, check, close, remote


def after(student, name, start, gradients, **settings):
    """A parameter that starts at `start`, after one step of the student's optimizer for each of the gradients."""
    p = remote(torch.nn.Parameter)(torch.tensor(start))
    holder = remote(torch.nn.ParameterList)([p])
    opt = getattr(student, name)([p], **settings)
    for gradient in gradients:
        p.grad = torch.tensor(gradient)
        opt.step()
    return holder.state_dict()["0"]


@check("sgd", points=1, hint="p -= self.lr * p.grad, inside torch.no_grad(): the tensor itself changes.")
def test_one_step_of_gradient_descent(student):
    assert after(student, "SGD", [1.0, 2.0], [[10.0, -10.0]], lr=0.1) == close(torch.tensor([0.0, 3.0]))


@check("momentum", points=1, hint="The velocities are 1, then 0.5 * 1 + 1 = 1.5, and lr is 1.")
def test_two_steps_of_momentum(student):
    settings = {"lr": 1.0, "momentum": 0.5}
    assert after(student, "Momentum", [0.0], [[1.0]], **settings) == close(torch.tensor([-1.0]))
    assert after(student, "Momentum", [0.0], [[1.0], [1.0]], **settings) == close(torch.tensor([-2.5]))


@check("nesterov", points=1, hint="The first step is g + momentum * v = 1 + 0.5 * 1, with the new velocity.")
def test_two_steps_of_nesterov(student):
    settings = {"lr": 1.0, "momentum": 0.5}
    assert after(student, "Nesterov", [0.0], [[1.0]], **settings) == close(torch.tensor([-1.5]))
    assert after(student, "Nesterov", [0.0], [[1.0], [1.0]], **settings) == close(torch.tensor([-3.25]))


@check("adam", points=1, hint="With the correction, the first step is lr long, whatever the size of the gradient.")
def test_the_first_step_of_adam(student):
    got = after(student, "Adam", [1.0, 1.0], [[1000.0, -0.001]], lr=0.1)
    assert got == close(torch.tensor([0.9, 1.1]))


@check("adamw", points=1, hint="Without a gradient only the decay is left: p * (1 - lr * weight_decay).")
def test_the_decay_of_adamw(student):
    got = after(student, "AdamW", [1.0, -2.0], [[0.0, 0.0]], lr=0.1, weight_decay=0.5)
    assert got == close(torch.tensor([0.95, -1.9]))


@check("clip_grad_norm", points=1, hint="3 and 4 make a common norm of 5. Each gradient is divided by that.")
def test_clipping_two_gradients(student):
    a, b = remote(torch.nn.Parameter)(torch.zeros(2)), remote(torch.nn.Parameter)(torch.zeros(1))
    a.grad, b.grad = torch.tensor([3.0, 0.0]), torch.tensor([4.0])
    assert student.clip_grad_norm([a, b], 1.0) == close(torch.tensor(5.0))
    assert (a.grad, b.grad) == close((torch.tensor([0.6, 0.0]), torch.tensor([0.8])))


@check("warmup_cosine", points=1, hint="The example of the docstring: warm-up for t = 0 and 1, then the cosine.")
def test_a_short_schedule(student):
    rates = [student.warmup_cosine(t, 6, 2, 0.1) for t in (0, 1, 2, 4, 6)]
    assert rates == close([0.05, 0.1, 0.1, 0.05, 0.0])


@check("lr_find", points=1, hint="The rates go from low to high, each by the same factor larger than the one before.")
def test_a_sweep_of_three_rates(student):
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    model = remote(torch.nn.Linear)(2, 2)
    opt = remote(torch.optim.SGD)(model.parameters(), lr=0.5)
    found = student.lr_find(model, opt, [(x, torch.tensor([0, 1]))], 0.01, 1.0, 3)
    if not isinstance(found, tuple | list) or len(found) != 2 or not all(isinstance(part, list) for part in found):
        raise Failure("lr_find returns a pair of lists, (rates, losses).", "wrong_type")
    assert found[0] == close([0.01, 0.1, 1.0])
    assert len(found[1]) == 3, "There should be as many losses as rates."
    assert student.suggest_rate([0.01, 0.1, 1.0, 10.0], [2.3, 1.9, 0.8, 5.0]) == close(0.1)


@check("best_rate", points=1, hint="Leave out what is not finite (math.isfinite), then take the smallest.")
def test_the_best_of_four_rates(student):
    losses = {0.01: 1.4, 0.1: 0.3, 1.0: 0.2, 100.0: math.nan}
    assert student.best_rate(list(losses), lambda rate: losses[rate]) == close(1.0)


@check("train", points=1, hint="Return the network and the list of its epochs' mean losses.", seconds=60)
def test_train_returns_a_network_and_its_losses(student):
    y = torch.arange(100) % 10
    x = torch.nn.functional.one_hot(y, 64).float()
    model, losses = student.train(x, y, 0, epochs=3)
    logits = model(x)
    assert tuple(logits.shape) == (100, 10), f"100 inputs give logits of shape (100, 10), not {tuple(logits.shape)}."
    assert len(losses) == 3, f"Three epochs have three losses, not {len(losses)}."
