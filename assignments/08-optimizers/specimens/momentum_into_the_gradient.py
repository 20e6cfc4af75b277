"""Builds the velocity in .grad."""

# fails: momentum
# reason: mutated_input
# hint: You add the velocity into p.grad itself. step() only reads gradients.

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
                    p.grad.add_(self.momentum * v)
                    v.copy_(p.grad)
                    p -= self.lr * v
