"""Random features and a pseudo-inverse: no gradient descent."""
# fails: random_labels

import torch
import torch.nn.functional as F
from torch import nn


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 1000), nn.ReLU(), nn.Linear(1000, 10))
    with torch.no_grad():
        h = model[1](model[0](x))
        theta = torch.linalg.pinv(h) @ F.one_hot(y, 10).float()
        model[2].weight.copy_(theta.T)
        model[2].bias.zero_()
    return model
