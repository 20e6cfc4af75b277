"""A new velocity in each step."""

# fails: momentum
# hint: The velocity is forgotten after each step. Keep it in the optimizer, for each parameter.

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
                    v = torch.zeros_like(p)
                    v.mul_(self.momentum).add_(p.grad)
                    p -= self.lr * v
