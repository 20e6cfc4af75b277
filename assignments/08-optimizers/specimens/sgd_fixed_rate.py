"""Remembers the rate that it began with."""

# fails: sgd
# hint: You keep the rate from the beginning. A schedule changes self.lr, so read it anew in each step.

import torch


class SGD(Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, lr)
        self.rate = lr

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.rate * p.grad
