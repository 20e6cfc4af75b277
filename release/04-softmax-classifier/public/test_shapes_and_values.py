"""The checks that students run themselves: shapes, types and values that they can work out by hand."""

import math

import torch
from autograder.checks import Failure, check, close, remote


@check("softmax", points=1, hint="exp of every score, divided by the sum of these along dim (keepdim=True).")
def test_softmax_of_small_scores(student):
    x = torch.tensor([[0.0, 0.0], [0.0, math.log(3.0)]])
    assert student.softmax(x, 1) == close(torch.tensor([[0.5, 0.5], [0.25, 0.75]]))


@check("log_softmax", points=1, hint="logsumexp loses the dimension `dim`; log_softmax keeps the shape of x.")
def test_logs_of_small_scores(student):
    x = torch.tensor([[0.0, 0.0], [0.0, math.log(3.0)]])
    assert student.logsumexp(x, 1) == close(torch.tensor([math.log(2), math.log(4)]))
    assert student.log_softmax(x, 1) == close(torch.tensor([[0.5, 0.5], [0.25, 0.75]]).log())


@check("cross_entropy", points=1, hint="Equal scores for 4 classes give each the probability 1/4: a loss of log 4.")
def test_cross_entropy_of_equal_scores(student):
    logits, y = torch.zeros(2, 4), torch.tensor([0, 3])
    assert student.cross_entropy(logits, y) == close(torch.tensor(math.log(4)))
    assert student.cross_entropy(logits, y, reduction="none") == close(torch.full((2,), math.log(4)))


@check("notes_loss", points=1, hint="F.nll_loss picks an entry and changes its sign. What must the entries be, then?")
def test_mended_loss_of_equal_scores(student):
    assert student.mended_loss(torch.zeros(3, 2), torch.tensor([0, 1, 1])) == close(torch.tensor(math.log(2)))
    low, high = student.notes_loss_bounds()
    assert float(low) < float(high), "notes_loss_bounds() gives (low, high): the smaller number comes first."


@check("accuracy_sum", points=1, hint="argmax along the classes, compare with the labels, sum the booleans.")
def test_accuracy_counts(student):
    logits = torch.tensor([[0.1, 0.9], [3.0, -1.0], [0.0, 1.0]])
    assert student.accuracy_sum(logits, torch.tensor([1, 0, 0])) == close(torch.tensor(2))
    assert student.accuracy_sum(logits, torch.tensor([0, 1, 0])) == close(torch.tensor(0))


@check("accuracy_gradient", points=1, hint="Divide the difference by 2 * eps, and return Python floats (.item()).")
def test_slopes_of_a_tiny_classifier(student):
    W, x, y = torch.zeros(1, 2), torch.ones(3, 1), torch.tensor([1, 1, 1])
    assert student.finite_slopes(W, x, y, torch.tensor([[0.0, 1.0]]), 0.5) == close((1.0, -0.5))
    gradients = student.autograd_gradients(W, x, y)
    assert len(gradients) == 2, "autograd_gradients gives a pair: (gradient of accuracy, gradient of the loss)."
    assert gradients[1] == close(torch.tensor([[0.5, -0.5]]))


@check("binary", points=1, hint="Two scores, z and 0. The sigmoid is the probability of the one that has z.")
def test_sigmoid_and_its_loss_at_zero(student):
    assert student.sigmoid_from_softmax(torch.tensor([0.0, math.log(3.0)])) == close(torch.tensor([0.5, 0.75]))
    assert student.bce_with_logits(torch.zeros(2), torch.tensor([0.0, 1.0])) == close(torch.tensor(math.log(2)))


@check(
    "mlp", points=1, hint="Two linear layers with biases: n_in*n_hidden + n_hidden + n_hidden*n_out + n_out numbers."
)
def test_mlp_has_the_right_shape(student):
    model = student.MLP(2, 3, 4)
    logits = model(torch.ones(5, 2))
    assert tuple(logits.shape) == (5, 4), f"five inputs give logits of shape (5, 4), not {tuple(logits.shape)}."
    count = sum(p.numel() for p in model.parameters())
    assert count == 25, (
        f"MLP(2, 3, 4) should have 25 parameters and has {count}. Layers must be attributes of self (a plain "
        f"Python list "
        "hides them from parameters()), and both have a bias."
    )


@check(
    "train_epoch", points=1, hint="zero_grad, forward, loss, backward, step, for each batch; .item() when you add up."
)
def test_an_epoch_trains(student):
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    batches = [(x, torch.tensor([0, 1]))] * 20
    model = remote(torch.nn.Linear)(2, 2)
    opt = remote(torch.optim.SGD)(model.parameters(), lr=1.0)
    report = student.train_epoch(model, batches, opt)
    pair = isinstance(report, tuple | list) and len(report) == 2
    if not pair or not all(isinstance(number, float) for number in report):
        raise Failure(
            "train_epoch returns a pair of Python floats (loss, acc). A tensor would keep the graph of its batch in "
            "memory: use .item().",
            "wrong_type",
        )
    second = student.train_epoch(model, batches, opt)
    assert second[0] < report[0], "The loss of the second epoch is not below the first one's: do the weights move?"
    assert second[1] == 1.0, "Two points that a line can part: the second epoch's accuracy should be 1.0, a fraction."


@check("initial_loss", points=1, hint="Each class has the probability 1/n_classes. What is minus the log of that?")
def test_guessing_between_two_classes(student):
    assert student.expected_initial_loss(2) == close(math.log(2))


@check("train", points=1, hint="Return the network and the list of its epochs' mean losses.", seconds=60)
def test_train_returns_a_network_and_its_losses(student):
    y = torch.arange(200) % 10
    x = torch.nn.functional.one_hot(y, 64).float()
    model, losses = student.train(x, y, 0)
    logits = model(x)
    assert tuple(logits.shape) == (200, 10), f"200 inputs give logits of shape (200, 10), not {tuple(logits.shape)}."
    losses = [float(loss) for loss in losses]
    assert losses, "The list of losses is empty: append each epoch's mean loss."
    assert losses[-1] < losses[0] or len(losses) == 1, "The last epoch's loss is not below the first one's."
