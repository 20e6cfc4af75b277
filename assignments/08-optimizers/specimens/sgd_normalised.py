"""Divides by the length of the gradient."""

# fails: sgd
# hint: You divide the gradient by its length. Plain gradient descent takes it as it is.

import torch


class SGD(Optimizer):
    def step(self):
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.lr * p.grad / p.grad.norm()
