"""Finds the place of p by ==."""

# fails: momentum

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.v = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    i = self.params.index(p)
                    self.v[i] = self.momentum * self.v[i] + p.grad
                    p -= self.lr * self.v[i]
