"""Calls torch's function."""

# fails: sgd
# reason: forbidden_api

import torch
from torch.optim.sgd import sgd as ready


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            some = [p for p in self.params if p.grad is not None]
            ready(
                some,
                [p.grad for p in some],
                [None] * len(some),
                weight_decay=0.0,
                momentum=0.0,
                lr=self.lr,
                dampening=0.0,
                nesterov=False,
                maximize=False,
            )
