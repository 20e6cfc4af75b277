# /// attack
# title = "takes a hundred gigabytes, at once and piece by piece"
# threat = 72
# quick = true
# [promise]
# test_training = "failed out_of_memory"
# test_pure = "failed out_of_memory"
# ///

# %%
import numpy as np
import torch


def train(x, y, seed):
    hoard = []
    while True:
        hoard.append(torch.ones(10_000_000))


def invert(x):
    return np.ones(10**11)
