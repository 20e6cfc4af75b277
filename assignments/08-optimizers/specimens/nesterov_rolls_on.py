"""A missing gradient counts as zero."""

# fails: nesterov
# hint: A parameter without a gradient still rolls on. It is left alone, and its velocity waits.

import torch


class Nesterov(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                g = torch.zeros_like(p) if p.grad is None else p.grad
                self.velocity[p] = self.momentum * self.velocity[p] + g
                p -= self.lr * (g + self.momentum * self.velocity[p])
