"""One t, counted up at each parameter."""

# fails: adam
# hint: You have one t and count it up at each parameter, so the second one believes that it is at its
#     second step. Each parameter has its own t.

import torch


class Adam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr)
        self.betas, self.eps = betas, eps
        self.count = 0
        self.m = {p: torch.zeros_like(p) for p in self.params}
        self.s = {p: torch.zeros_like(p) for p in self.params}

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p in self.params:
            if p.grad is None:
                continue
            g = p.grad
            self.count += 1
            self.m[p] = b1 * self.m[p] + (1 - b1) * g
            self.s[p] = b2 * self.s[p] + (1 - b2) * g * g
            m_hat = self.m[p] / (1 - b1**self.count)
            s_hat = self.s[p] / (1 - b2**self.count)
            p -= self.lr * m_hat / (s_hat.sqrt() + self.eps)
