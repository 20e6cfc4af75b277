"""The rate is part of the velocity."""

# fails: nesterov
# hint: The rate is part of your velocity. It multiplies the whole step only when p moves, so that a
#     schedule acts at once.

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
                    old = v.clone()
                    v.mul_(self.momentum).sub_(self.lr * p.grad)
                    p += -self.momentum * old + (1 + self.momentum) * v
