"""Counts only the parameters that have a gradient."""

# fails: momentum
# hint: When one parameter has no gradient, the velocities of those behind it are mixed up: they are
#     numbered among the present ones only.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.v = []

    def step(self):
        with torch.no_grad():
            present = [p for p in self.params if p.grad is not None]
            for i, p in enumerate(present):
                if len(self.v) <= i:
                    self.v.append(torch.zeros_like(p))
                self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]
