"""The checks that students run themselves: shapes, types and values that they can work out by hand."""

import math

import torch
from autograder.checks import Failure, check, close, remote


@check("curve_fitting", points=1, hint="Columns side by side; the shortest of all solutions; a Python float.")
def test_features_and_fit_of_a_few_points(student):
    got = student.polynomial_features(torch.tensor([2.0, 3.0]), 2)
    assert got == close(torch.tensor([[1.0, 2.0, 4.0], [1.0, 3.0, 9.0]]))
    got = student.relu_features(torch.tensor([0.0, 3.0]), torch.tensor([1.0]))
    assert got == close(torch.tensor([[1.0, 0.0, 0.0], [1.0, 3.0, 2.0]]))
    theta = student.fit(torch.tensor([[1.0, 1.0]]), torch.tensor([4.0]))
    assert theta == close(torch.tensor([2.0, 2.0]))
    assert student.fit(torch.tensor([[1.0], [1.0]]), torch.tensor([1.0, 3.0]), ridge=2.0) == close(torch.tensor([1.0]))
    assert student.sensitivity(torch.eye(2), torch.tensor([[3.0, 0.0], [-5.0, 1.0]]), 0) == close(5.0, rtol=1e-5)


@check("double_descent", points=1, hint="One feature, max(0, x * 1), fits y = x; at 3 it says 3, and 5 was asked for.")
def test_a_curve_of_one_size(student):
    x = torch.tensor([[1.0], [2.0]])
    got = student.descent_curve(
        x, torch.tensor([1.0, 2.0]), torch.tensor([[3.0]]), torch.tensor([5.0]), torch.tensor([[1.0]]), [1]
    )
    if type(got) not in (tuple, list) or len(got) != 2:
        raise Failure("descent_curve gives two lists: (train, test).", "wrong_type")
    assert list(got[0]) == close([0.0], atol=1e-5)
    assert list(got[1]) == close([4.0], rtol=1e-4)


@check("random_labels", points=1, seconds=60, hint="A wide network, many steps, no regularisation.")
def test_twenty_labels_by_heart(student):
    x, y = torch.eye(20), torch.arange(20) % 10
    model = student.fit_random_labels(x, y, 0)
    got = student.accuracy(model, x, y)
    assert type(got) is float, "accuracy gives a Python float."
    assert got == close(1.0), f"20 examples, and the network knows only {got:.0%} of them by heart."


@check("beyond", points=1, hint="Moved by no column, the images are as they were; one float for each of shifts.")
def test_images_that_stay(student):
    layer = remote(torch.nn.Linear)(4, 2)
    layer.load_state_dict({"weight": torch.tensor([[1.0, 0, 1, 0], [0, 1.0, 0, 1]]), "bias": torch.zeros(2)})
    x = torch.tensor([[1.0, 0.0, 1.0, 0.0]])  # its left column is bright, and after one step the right one
    got = student.accuracy_when_shifted(layer, x, torch.tensor([0]), [0, 1], side=2)
    assert got == close([1.0, 0.0])


@check("diagnose", points=1, hint="The rules of the table, from the top.")
def test_two_curves(student):
    got = student.diagnose([2.3, 1.0, 0.4, 0.1], [2.3, 1.2, 1.0, 1.6], 2.3, 0.3)
    assert got == "overfitting", f"The validation loss rises from 1.0 to 1.6: this is 'overfitting', not {got!r}."
    got = student.diagnose([2.3, 2.3, 2.3, 2.29], [2.3, 2.3, 2.3, 2.3], 2.3, 0.3)
    assert got == "not learning", f"The training loss stays where guessing is: this is 'not learning', not {got!r}."


@check("weight_decay", points=1, hint="0.1 / 2 times (9 + 9): the bias is left out.")
def test_penalty_of_two_weights(student):
    layer = remote(torch.nn.Linear)(2, 1)
    layer.load_state_dict({"weight": torch.tensor([[3.0, 3.0]]), "bias": torch.tensor([100.0])})
    assert student.l2_penalty(layer, 0.1).detach() == close(torch.tensor(0.9))
    groups = student.parameter_groups(layer, 0.1)
    assert [len(group["params"]) for group in groups] == [1, 1], (
        "One weight in the first group, one bias in the second."
    )


@check("dropout", points=1, hint="Of ones with p = 0.5, what is kept becomes 2.")
def test_dropout_of_ones(student):
    got = student.dropout(torch.ones(2000), 0.5, True)
    assert tuple(got.shape) == (2000,), f"The result has x's shape, not {tuple(got.shape)}."
    assert sorted(set(got.tolist())) == [0.0, 2.0], "With p = 0.5, ones become either 0 or 2."
    assert student.dropout(torch.ones(5), 0.5, False) == close(torch.ones(5))


@check("early_stopping", points=1, hint="0.5 is the best of these losses; two epochs after it, patience 2 is used up.")
def test_stopping_along_a_short_curve(student):
    stopper = student.EarlyStopper(2)
    assert [stopper.step(loss) for loss in (1.0, 0.5, 0.6, 0.7)] == [False, False, False, True]
    assert stopper.best_loss == close(0.5)
    assert stopper.best_epoch == 2, "best_epoch counts calls of step from 1."
    got = student.stop_or_go_on([1.0, 0.5, 0.6, 0.7, 0.2], 2)
    assert tuple(got) == (4, 0.5, "hurts")


@check("train", points=1, seconds=60, hint="Return the network and the list of its validation losses.")
def test_train_gives_a_network_and_its_losses(student):
    y = torch.arange(60) % 10
    x = torch.nn.functional.one_hot(y, 64).float()
    model, losses = student.train(x, y, x, y, 0)
    logits = model(x)
    assert tuple(logits.shape) == (60, 10), f"60 inputs give logits of shape (60, 10), not {tuple(logits.shape)}."
    losses = [float(loss) for loss in losses]
    assert losses and min(losses) < math.log(10), (
        "No validation loss is below that of guessing: does the network learn?"
    )


@check("canary", points=1, hint="Of 'abab': b follows a twice, a follows b once.")
def test_ngrams_of_four_letters(student):
    counts = student.ngram_counts("abab", 2)
    assert {context: dict(followers) for context, followers in counts.items()} == {"a": {"b": 2}, "b": {"a": 1}}
    plain = {"a": {"b": 2}, "b": {"a": 1}}
    assert student.complete(plain, 2, "xa", 3) == "bab", "After 'xa' come b, a, b: one character at a time."
    assert student.log_probability({"a": {"b": 2}}, 2, "a", "b", 2, 1.0) == close(math.log(3 / 4))
    got = student.exposure({"a": {"b": 2}}, 2, "a", "b", ["b", "c"], 2)
    assert got == close(1.0), "The more probable one of two candidates: one bit."
