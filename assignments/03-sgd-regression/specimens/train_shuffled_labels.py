"""Shuffles the labels by mistake."""
# fails: train

import torch


def train(X, y, seed):
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    return sgd_fit(logistic_loss_and_grad, X, y[order], lr=0.1, batch_size=32, epochs=30, seed=seed)
