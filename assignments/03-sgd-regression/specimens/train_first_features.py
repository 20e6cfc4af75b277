"""Trains on ten features only."""
# fails: train

import torch


def train(X, y, seed):
    w, b, losses = sgd_fit(logistic_loss_and_grad, X[:, :3], y, lr=0.1, batch_size=32, epochs=30, seed=seed)
    return torch.cat([w, torch.zeros(max(0, X.shape[1] - 3))])[: X.shape[1]], b, losses
