"""The first gradient counts twice."""

# fails: momentum
# hint: The first gradient comes in twice: once when you make the velocity, and once when you add it.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.velocity.setdefault(p, p.grad.clone())
                    v.mul_(self.momentum).add_(p.grad)
                    p -= self.lr * v
