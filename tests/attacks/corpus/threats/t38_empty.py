# /// attack
# title = "answers with empty tensors, which agree with everything when broadcast"
# threat = 38
# [promise]
# test_increment = "failed wrong_answer"
# test_loss = "failed wrong_answer"
# test_loss_gradient = "failed"
# test_pure = "failed wrong_answer"
# test_training = "failed wrong_answer|wrong_type|exception|below_threshold"
# test_each_example_once = "failed wrong_type|wrong_answer"
# ///

# %%
import torch


def increment(x):
    return torch.empty(0, 3)


def invert(x):
    return x[:0]


def cross_entropy(logits, y):
    return logits.new_empty(0)


def train(x, y, seed):
    return lambda points: torch.empty(0, 3)


def read_all(data):
    for index in range(len(data)):
        data[index]
    return torch.empty(0)
