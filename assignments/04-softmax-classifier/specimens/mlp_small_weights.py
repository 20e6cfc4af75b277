"""Weights of its own, small ones, and biases of zero, as a lecture has them."""
# fails: nothing

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.weights = nn.ParameterList([0.001 * torch.randn(n_hidden, n_in), 0.001 * torch.randn(n_out, n_hidden)])
        self.biases = nn.ParameterList([torch.zeros(n_hidden), torch.zeros(n_out)])

    def forward(self, x):
        first, second = zip(self.weights, self.biases)
        return nn.functional.linear(nn.functional.linear(x, *first).clamp_min(0), *second)


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 40, 10)
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for _ in range(25):
        order = torch.randperm(len(x))
        losses.append(train_epoch(model, [(x[i], y[i]) for i in order.split(32)], opt)[0])
    return model, losses
