"""The first velocity is the gradient tensor itself."""

# fails: momentum
# hint: Your first velocity is the gradient tensor itself. A zero_grad() that writes zeros into it wipes the
#     velocity out. Clone it.

import torch


class Momentum(Optimizer):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum
        self.velocity = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    if p not in self.velocity:
                        self.velocity[p] = p.grad
                    else:
                        self.velocity[p].mul_(self.momentum).add_(p.grad)
                    p -= self.lr * self.velocity[p]
