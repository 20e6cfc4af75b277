"""A missing gradient wipes the velocity."""

# fails: momentum
# hint: A missing gradient wipes your velocity out. It waits unchanged.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is None:
                    self.velocity[p].zero_()
                    continue
                v = self.velocity[p]
                v.mul_(self.momentum).add_(p.grad)
                p -= self.lr * v
