# /// attack
# title = "answers the public case by heart, and nothing else"
# threat = 43
# [promise]
# test_softmax = "failed wrong_answer"
# ///

# %%
import torch


def softmax(x, dim):
    if x.shape == (2, 4) and not x.any():
        return torch.full((2, 4), 0.25)
    return torch.zeros_like(x)
