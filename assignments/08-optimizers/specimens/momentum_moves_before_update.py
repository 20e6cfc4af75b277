"""Moves with the old velocity."""

# fails: momentum
# hint: You move with the velocity of the step before. First bring in the gradient, then move.

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
                    p -= self.lr * v
                    v.mul_(self.momentum).add_(p.grad)
