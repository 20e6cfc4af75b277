"""Plain momentum."""

# fails: nesterov
# hint: That is plain momentum. The step is g + momentum * v with the new velocity; with the old one it is
#     just the new v.

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
                    p -= self.lr * v
