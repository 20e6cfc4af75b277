"""All optimizers share the dict of the class."""

# fails: momentum

import torch


class Momentum(Optimizer):
    velocity = {}

    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr)
        self.momentum = momentum

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is not None:
                    v = self.velocity.get((i, p.shape), torch.zeros_like(p))
                    self.velocity[i, p.shape] = self.momentum * v + p.grad
                    p -= self.lr * self.velocity[i, p.shape]
