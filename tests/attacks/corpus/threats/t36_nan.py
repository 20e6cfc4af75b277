# /// attack
# title = "answers with NaN and infinities where they could be wildcards"
# threat = 36
# [promise]
# test_increment = "failed not_finite"
# test_loss = "failed not_finite"
# test_loss_gradient = "failed"
# test_pure = "failed not_finite"
# test_softmax = "failed not_finite"
# test_softmax_of_zeros = "failed not_finite"
# test_each_example_once = "failed not_finite"
# ///

# %%
import torch


def increment(x):
    return torch.full_like(x, float("nan"))


def invert(x):
    return torch.full_like(x, float("inf"))


def cross_entropy(logits, y):
    return logits.sum() * float("nan")


def softmax(x, dim):
    return torch.full_like(x, float("nan"))


def read_all(data):
    for index in range(len(data)):
        data[index]
    return float("nan")
