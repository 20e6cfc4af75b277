"""Puts a new tensor in place of the old one."""

# fails: momentum
# says: new memory
# hint: The values are right, but `p.data = ...` puts a new tensor in the place of the old one. Change p in
#     place.

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
                    v.mul_(self.momentum).add_(p.grad)
                    p.data = p.data - self.lr * v
