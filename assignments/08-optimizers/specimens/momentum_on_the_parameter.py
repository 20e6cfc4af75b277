"""Keeps the velocity on the parameter."""

# fails: momentum
# hint: You keep the velocity on the parameter, so that a new optimizer begins with the old one's. It
#     belongs to the optimizer.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = getattr(p, "velocity", torch.zeros_like(p))
                    p.velocity = self.momentum * v + p.grad
                    p -= self.lr * p.velocity
