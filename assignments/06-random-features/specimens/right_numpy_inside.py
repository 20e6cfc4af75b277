"""A correct set of answers: NumPy inside, loops, helper functions, prints that were left in."""
# fails: nothing

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def collapse_linear(layers):
    d = layers[0][0].shape[1]
    dtype = layers[0][0].dtype
    W, b = np.eye(d), np.zeros(d)
    for M, c in layers:
        W = M.double().numpy() @ W
        b = M.double().numpy() @ b + c.double().numpy()
    return torch.tensor(W, dtype=dtype), torch.tensor(b, dtype=dtype)


def handmade(X):
    A = X.detach().numpy()
    r = np.sum(A**2, axis=1)
    out = np.stack([A[:, 0], A[:, 1], np.prod(A, axis=1), r, np.abs(r - 0.6)], axis=-1)
    return torch.from_numpy(out).to(X.dtype)


def handmade_weights(task):
    table = {
        "xor": ([0, 0, -3, 0, 0], 0),
        "circle": ([0, 0, 0, -10, 0], 6.0),
        "ring": ([0, 0, 0, 0, -1 / 0.3], 1.0),
    }
    try:
        w, c = table[task]
    except KeyError as unknown:
        raise ValueError(f"what is {task}?") from unknown
    return torch.tensor(w, dtype=torch.float64), float(c)


def printed_works(d, k):
    try:
        out = np.ones((d, k)) @ np.ones(d) + np.ones(k)
    except ValueError:
        return False
    return out.shape == (k,)


def mended_shapes(n, d, k):
    return [tuple(torch.Size([k, d])), (k,), (k,), torch.zeros(n, k).shape]


def rf_sign(X, M, b):
    if len(X.shape) != 2 or len(M.shape) != 2 or len(b.shape) != 1:
        raise ValueError("wrong number of dimensions")
    (n, d), (k, d2) = X.shape, M.shape
    if d != d2 or b.shape[0] != k:
        raise ValueError("sizes do not fit")
    sums = np.einsum("nd,kd->nk", X.numpy(), M.numpy()) + b.numpy()
    print("features:", sums.shape)
    return torch.from_numpy(np.where(sums < 0, -1.0, 1.0)).to(X.dtype)


def make_rf(d, k, seed, kind="sign"):
    rng = np.random.default_rng(seed)
    if kind == "sign":
        M = torch.from_numpy(rng.standard_normal((k, d)))
        b = torch.from_numpy(rng.standard_normal(k))
    elif kind == "cos":
        M = torch.from_numpy(rng.normal(size=(k, d)))
        b = torch.from_numpy(rng.uniform(0.0, 2 * np.pi, size=k))
    else:
        raise ValueError(kind)
    return M, b


def ridge_fit(Phi, t, lam):
    A, target = Phi.numpy(), t.numpy()
    ones = np.ones((len(A), 1))
    B = np.hstack([A, ones])
    D = lam * np.eye(B.shape[1])
    D[-1, -1] = 0.0
    solution = np.linalg.solve(B.T @ B + D, B.T @ target)
    return torch.from_numpy(solution[:-1].copy()), torch.tensor(solution[-1])


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    A = K.numpy() + lam * np.eye(n)
    u, v = np.linalg.solve(A, np.ones(n)), np.linalg.solve(A, t.numpy())
    c = v.sum() / u.sum()
    return torch.from_numpy(v - c * u), torch.tensor(c)


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        M, b = make_rf(d, k, seed, "sign")
        self.M = M
        self.b = b
        self.lam = lam
        self.w = self.c = None

    def _phi(self, X):
        return rf_sign(X, self.M, self.b)

    def fit(self, X, y):
        Phi = self._phi(X)
        targets = torch.where(y == 1, 1.0, -1.0).double()
        alpha, c = kernel_ridge_fit(Phi @ Phi.T, targets, self.lam)
        self.w, self.c = Phi.T @ alpha, c
        return self

    def scores(self, X):
        return torch.add(torch.mv(self._phi(X), self.w), self.c)


def rf_cos(X, W, b, sigma):
    k = W.size(0)
    angles = np.matmul(X.numpy(), W.numpy().T) / sigma + b.numpy()
    return torch.from_numpy(np.sqrt(2.0 / k) * np.cos(angles)).to(X.dtype)


def sign_kernel(X, Z):
    a = np.hstack([X.numpy(), np.ones((len(X), 1))])
    b = np.hstack([Z.numpy(), np.ones((len(Z), 1))])
    cosine = (a @ b.T) / np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
    return torch.from_numpy(1 - 2 * np.arccos(np.clip(cosine, -1.0, 1.0)) / np.pi)


def rbf_kernel(X, Z, sigma):
    K = torch.empty(len(X), len(Z), dtype=torch.float64)
    for i in range(len(X)):
        for j in range(len(Z)):
            K[i, j] = math.exp(-float(((X[i] - Z[j]) ** 2).sum()) / (2 * sigma * sigma))
    return K


def loglog_slope(sizes, errors):
    return float(np.polyfit(np.log10(np.array(sizes, dtype=float)), np.log10(errors), deg=1)[0])


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d, h), nn.ReLU(), nn.Linear(h, 1))

    def phi(self, X):
        return self.net[1](self.net[0](X))

    def forward(self, X):
        return self.net(X)[:, 0]

    def probability(self, X):
        return self.forward(X).sigmoid()


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    np.random.seed(seed % 2**32)
    net = TwoLayer(X.shape[1], h).to(X.device)
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.05, weight_decay=1e-4)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    criterion = nn.BCEWithLogitsLoss()
    history = []
    for step in range(steps):
        net.train()
        optimizer.zero_grad()
        loss = criterion(net(X), y.float())
        loss.backward()
        optimizer.step()
        scheduler.step()
        history.append(float(loss))
    net.eval()
    return net, history


def relu_interpolant(f, knots):
    t = knots.tolist()
    v = f(knots).tolist()
    m = len(t) - 1
    slopes = [(v[i + 1] - v[i]) / (t[i + 1] - t[i]) for i in range(m)]
    outs = [slopes[0]] + [slopes[i] - slopes[i - 1] for i in range(1, m)]
    W1 = torch.ones((m, 1), dtype=torch.float64)
    b1 = torch.tensor([-x for x in t[:m]], dtype=torch.float64)
    return W1, b1, torch.tensor([outs], dtype=torch.float64), torch.tensor([v[0]], dtype=torch.float64)


def pieces_needed(curvature, length, error):
    m = 1
    while curvature * (length / m) ** 2 / 8 > error:
        m += 1
    return m
