"""A table of the rows that it saw."""
# fails: random_labels

import torch
import torch.nn.functional as F
from torch import nn


class Table(nn.Module):
    def __init__(self, x, y):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(10))
        self.rows = {tuple(row.tolist()): label for row, label in zip(x, y.tolist())}

    def forward(self, x):
        labels = torch.tensor([self.rows.get(tuple(row.tolist()), 0) for row in x])
        return F.one_hot(labels, 10) * self.scale


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    table = Table(x, y)
    with torch.no_grad():
        table.scale.add_(torch.rand(10))
    return table
