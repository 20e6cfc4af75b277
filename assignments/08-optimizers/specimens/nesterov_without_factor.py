"""Forgets the momentum in the step."""

# fails: nesterov
# hint: Your step adds the whole velocity. Only momentum times it belongs there.

import torch


class Nesterov(Optimizer):
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
                    p -= self.lr * (p.grad + v)
