"""Always 0.9."""

# fails: momentum
# hint: Your momentum is always 0.9. Use the one that was given.

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
                    v.mul_(0.9).add_(p.grad)
                    p -= self.lr * v
