"""The rate is part of the velocity."""

# fails: momentum
# hint: The rate is part of your velocity. That is the same as long as the rate never changes; here it
#     multiplies the velocity when p moves.

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
                    v.mul_(self.momentum).add_(self.lr * p.grad)
                    p -= v
