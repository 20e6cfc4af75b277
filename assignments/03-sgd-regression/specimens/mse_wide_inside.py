"""float64 inside, einsum, the pseudo-bias as a column of ones."""
# fails: nothing

import torch


def mse_loss_and_grad(w, b, X, y):
    n = X.size(0)
    if tuple(y.size()) != (n,):
        raise ValueError("one target for each row, please")
    wide = torch.cat([X.double(), torch.ones(n, 1, dtype=torch.float64)], 1)
    theta = torch.cat([w.double(), b.double().reshape(1)])
    r = wide.mv(theta) - y.double()
    slopes = torch.einsum("n,nd->d", r, wide).mul(2 / n)
    return r.dot(r).div(n).to(X.dtype), slopes[:-1].to(X.dtype), slopes[-1].to(X.dtype)
