"""A table of the digits it has seen, posing as a network: its answers do not come from its parameters."""
# fails: train
# says: do not follow from its parameters

import torch
import torch.nn.functional as F


class Memory(MLP):
    def forward(self, x):
        nearest = torch.cdist(x, self.x).argmin(1)
        return 8.0 * F.one_hot(self.y[nearest], 10).float() + 0 * super().forward(x)


def train(x, y, seed):
    torch.manual_seed(seed)
    model = Memory(64, 30, 10)
    model.x, model.y = x, y
    return model, [2.3, 0.0]
