"""Goes through float16."""

# fails: sgd
# hint: You lose digits on the way: stay in the dtype of the parameter.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= (self.lr * p.grad.half()).to(p.dtype)
