"""Hands the work to torch's own."""

# fails: sgd
# reason: forbidden_api

import torch


class SGD(Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, lr)
        self.inner = torch.optim.SGD(self.params, lr=lr)

    def step(self):
        self.inner.param_groups[0]["lr"] = self.lr
        self.inner.step()
