"""A gradient of zero is taken for none."""

# fails: momentum
# hint: A gradient of zero is not a missing one: the velocity shrinks by the momentum, and still moves the
#     parameter.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is None or p.grad.norm() == 0:
                    continue
                v = self.velocity[p]
                v.mul_(self.momentum).add_(p.grad)
                p -= self.lr * v
