"""Goes through float16."""

# fails: sgd

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= (self.lr * p.grad.half()).to(p.dtype)
