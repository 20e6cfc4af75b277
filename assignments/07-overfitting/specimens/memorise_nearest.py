"""The label of the nearest training row: no parameters, nothing learnt."""
# fails: random_labels
# says: no parameters

import torch
import torch.nn.functional as F
from torch import nn


class Nearest(nn.Module):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y

    def forward(self, x):
        return F.one_hot(self.y[torch.cdist(x, self.x).argmin(1)], 10).float()


def fit_random_labels(x, y, seed):
    return Nearest(x, y)
