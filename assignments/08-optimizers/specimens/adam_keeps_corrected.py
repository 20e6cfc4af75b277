"""Stores the corrected averages."""

# fails: adam, train
# hint: You store the corrected averages and correct them again in the next step. Keep m and s as they are,
#     and correct a copy.

import torch


class Adam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr)
        self.betas, self.eps = betas, eps
        self.t = {p: 0 for p in self.params}
        self.m = {p: torch.zeros_like(p) for p in self.params}
        self.s = {p: torch.zeros_like(p) for p in self.params}

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p in self.params:
            if p.grad is None:
                continue
            g = p.grad
            self.t[p] += 1
            self.m[p] = b1 * self.m[p] + (1 - b1) * g
            self.s[p] = b2 * self.s[p] + (1 - b2) * g * g
            self.m[p] = self.m[p] / (1 - b1 ** self.t[p])
            self.s[p] = self.s[p] / (1 - b2 ** self.t[p])
            p -= self.lr * self.m[p] / (self.s[p].sqrt() + self.eps)
