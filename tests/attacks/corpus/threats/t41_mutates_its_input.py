# /// attack
# title = "changes its input, so that a reference computed from it afterwards agrees with a constant"
# threat = 41
# quick = true
# [promise]
# test_increment = "failed mutated_input|wrong_answer"
# test_softmax = "failed mutated_input|wrong_answer"
# test_softmax_of_zeros = "failed mutated_input|wrong_answer"
# test_pure = "failed mutated_input"
# ///

# %%
import torch


def increment(x):
    x.zero_()
    return torch.ones_like(x)


def softmax(x, dim):
    x.zero_()
    return torch.full_like(x, 1 / x.shape[dim])


def invert(x):
    x.zero_()
    return torch.ones_like(x)
