"""Parameters of one shape share a velocity."""

# fails: momentum
# hint: Parameters of the same shape share one velocity. Each has its own.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.by_shape = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    v = self.by_shape.setdefault(p.shape, torch.zeros_like(p))
                    v.mul_(self.momentum).add_(p.grad)
                    p -= self.lr * v
