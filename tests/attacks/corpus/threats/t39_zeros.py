# /// attack
# title = "answers with zeros and with means, which a generous tolerance would take"
# threat = 39
# [promise]
# test_increment = "failed wrong_answer"
# test_loss = "failed wrong_answer"
# test_loss_gradient = "failed"
# test_pure = "failed wrong_answer"
# test_softmax = "failed wrong_answer"
# ///

# %%
import torch


def increment(x):
    return torch.ones_like(x)


def invert(x):
    return torch.full_like(x, 0.5)


def cross_entropy(logits, y):
    return logits.sum() * 0 + 1.0986


def softmax(x, dim):
    return torch.full_like(x, 1 / x.shape[dim])
