"""Nesterov where plain momentum is asked for."""

# fails: momentum
# hint: That is Nesterov's step already. Plain momentum moves by lr times the velocity.

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
                    p -= self.lr * (p.grad + self.momentum * v)
