"""Multiplies the gradient instead of the velocity."""

# fails: momentum
# hint: Your velocity never fades: momentum multiplies the old velocity, and the gradient comes in whole.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.velocity[p]
                    v.add_(self.momentum * p.grad)
                    p -= self.lr * v
