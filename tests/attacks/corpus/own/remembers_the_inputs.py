# /// attack
# title = "remembers all inputs and answers, and answers the next check from them"
# quick = true
# [promise]
# test_increment = "failed wrong_answer"
# test_pure = "failed wrong_answer"
# ///

# %%
import torch

seen = {}
honest_half = halve_


def halve_(x):
    seen[tuple(x.shape)] = x.clone()
    return honest_half(x)


def invert(x):
    seen[tuple(x.shape)] = x.clone()
    return seen.get((3, 4), x)[: x.shape[0], :1].expand(x.shape[0], x.shape[1]).clone()


def increment(x):
    return seen.get(tuple(x.shape), torch.zeros_like(x)) + 1
