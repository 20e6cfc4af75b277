"""The state is a default argument."""

# fails: adam
# hint: A default argument is made once, for all optimizers: yours share their memory. Make it in __init__.

import torch


class Adam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, t={}, m={}, s={}):
        super().__init__(params, lr)
        self.betas, self.eps = betas, eps
        self.t, self.m, self.s = t, m, s
        for p in self.params:
            t.setdefault(p, 0), m.setdefault(p, torch.zeros_like(p)), s.setdefault(p, torch.zeros_like(p))

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
            p -= self.lr * m_hat / (s_hat.sqrt() + self.eps)
