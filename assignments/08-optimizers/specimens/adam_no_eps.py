"""No eps."""

# fails: adam, adamw, train
# hint: Without eps a gradient of zero gives 0/0, which is NaN, and tiny ones give full steps.

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
            m_hat = self.m[p] / (1 - b1 ** self.t[p])
            s_hat = self.s[p] / (1 - b2 ** self.t[p])
            p -= self.lr * m_hat / s_hat.sqrt()
