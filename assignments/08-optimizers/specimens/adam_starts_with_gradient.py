"""m and s begin with the first gradient."""

# fails: adam
# hint: You begin the averages with the first gradient instead of zero and a correction. That is another
#     average.

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
            if self.t[p] == 1:
                self.m[p], self.s[p] = g.clone(), g * g
            else:
                self.m[p] = b1 * self.m[p] + (1 - b1) * g
                self.s[p] = b2 * self.s[p] + (1 - b2) * g * g
            p -= self.lr * self.m[p] / (self.s[p].sqrt() + self.eps)
