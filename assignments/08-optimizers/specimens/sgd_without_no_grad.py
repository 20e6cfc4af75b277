"""Lets autograd watch the step."""

# fails: sgd
# hint: Autograd watches your step and refuses it. Put it inside `with torch.no_grad():`.

import torch


class SGD(Optimizer):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p -= self.lr * p.grad
