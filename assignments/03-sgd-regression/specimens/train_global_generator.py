"""Does not use the seed: whatever torch's generator gives."""
# fails: train

import torch


def train(X, y, seed):
    drawn = int(torch.randint(0, 2**31, ()))
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.1, batch_size=32, epochs=30, seed=drawn)
