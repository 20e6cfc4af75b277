"""A correct set of answers: recursion, einsum, QR and eigenvectors, the curve read from its right end."""
# fails: nothing

import math
from functools import reduce

import torch
import torch.nn.functional as F
from torch import nn


def collapse_linear(layers):
    def join(first, second):
        return torch.einsum("oi,ij->oj", second[0], first[0]), torch.addmv(second[1], second[0], first[1])

    return reduce(join, layers)


def handmade(X):
    squared = torch.linalg.vector_norm(X, dim=1, keepdim=True) ** 2
    return torch.cat([X, X[:, :1] * X[:, 1:], squared, F.relu(squared - 0.6) + F.relu(0.6 - squared)], dim=-1)


def handmade_weights(task):
    names = ("xor", "circle", "ring")
    if task not in names:
        raise ValueError(task)
    place = names.index(task)
    return -torch.eye(5, dtype=torch.float64)[2 + place], (0.0, 0.6, 0.3)[place]


def printed_works(d, k):
    return not d - k


def mended_shapes(n, d, k):
    M, b = torch.empty(k, d), torch.empty(k)
    x, X = torch.empty(d), torch.empty(n, d)
    return tuple(tuple(t.shape) for t in (M, b, M @ x + b, X @ M.T + b))


def rf_sign(X, M, b):
    fits = X.dim() == M.dim() == 2 and b.dim() == 1 and X.size(-1) == M.size(-1) and b.numel() == M.size(0)
    if not fits:
        raise ValueError("X (N, d), M (k, d), b (k,)")
    side = torch.nn.functional.linear(X, M, b)
    return torch.where(side.lt(0), torch.full_like(side, -1), torch.ones_like(side))


def make_rf(d, k, seed, kind="sign"):
    if kind not in {"sign", "cos"}:
        raise ValueError(f"unknown kind {kind}")
    g = torch.Generator()
    g.manual_seed(int(seed))
    b = torch.empty(k, dtype=torch.float64)
    b = b.normal_(generator=g) if kind == "sign" else b.uniform_(0, 2 * math.pi, generator=g)
    return torch.empty(k, d, dtype=torch.float64).normal_(generator=g), b


def ridge_fit(Phi, t, lam):
    n, k = Phi.shape
    mean = Phi.mean(dim=0, keepdim=True)
    stacked = torch.cat([Phi - mean, math.sqrt(lam) * torch.eye(k, dtype=Phi.dtype)])
    target = torch.cat([t - t.mean(), t.new_zeros(k)])
    q, r = torch.linalg.qr(stacked)
    w = torch.linalg.solve_triangular(r, (q.T @ target)[:, None], upper=True).squeeze(1)
    return w, (t - Phi @ w).mean()


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    H = torch.eye(n, dtype=K.dtype) - 1 / n
    values, vectors = torch.linalg.eigh(H @ K @ H)
    alpha = H @ (vectors @ ((vectors.T @ (H @ t)) / (values + lam)))
    return alpha, (t - K @ alpha).mean()


class Features:
    def __init__(self, d, k, seed):
        self.M, self.b = make_rf(d, k, seed)

    def __call__(self, X):
        return rf_sign(X, self.M, self.b)


class RandomFeatureClassifier(Features):
    def __init__(self, d, k, seed, lam=1.0):
        super().__init__(d, k, seed)
        self.penalty = lam

    def fit(self, X, y):
        targets = y.mul(2).sub(1).to(torch.float64)
        self.w, self.c = ridge_fit(self(X), targets, self.penalty)
        return self

    def scores(self, X):
        return (self(X) * self.w).sum(-1) + self.c


def rf_cos(X, W, b, sigma):
    k, _ = W.shape
    return torch.cos(F.linear(X / sigma, W, b)) * (2.0 / k) ** 0.5


def sign_kernel(X, Z):
    a, b = (F.normalize(F.pad(A, (0, 1), value=1.0), dim=-1) for A in (X, Z))
    half = torch.asin((torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist") / 2).clamp(max=1))
    return 1 - 4 * half / math.pi


def rbf_kernel(X, Z, sigma):
    squared = (X**2).sum(1, keepdim=True) + (Z**2).sum(1) - 2 * X @ Z.T
    return torch.exp(-0.5 * squared.clamp(min=0) / sigma**2)


def loglog_slope(sizes, errors):
    A = torch.tensor([[math.log(n), 1.0] for n in sizes], dtype=torch.float64)
    e = torch.tensor([[math.log(error)] for error in errors], dtype=torch.float64)
    return torch.linalg.lstsq(A, e).solution[0].item()


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.w2 = nn.Linear(h, 1)
        self.w1 = nn.Linear(d, h)

    def phi(self, X):
        return self.w1(X).clamp_min(0)

    def forward(self, X):
        return self.w2(self.phi(X)).flatten()

    def probability(self, X):
        return F.logsigmoid(self(X)).exp()


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.size(1), h).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.04, betas=(0.9, 0.99))
    target, losses = y.type_as(X), []
    while len(losses) < steps:
        z = model(X)
        loss = (F.softplus(z) - target * z).mean()
        model.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


def relu_interpolant(f, knots):
    """From the right end to the left: relu(t - x), whose units are off beyond their knot."""
    values = f(knots)
    slopes = (values[:-1] - values[1:]) / (knots[1:] - knots[:-1])
    slopes, right = slopes.flip(0), knots.flip(0)
    changes = torch.cat([slopes[:1], slopes[1:] - slopes[:-1]])
    m = len(slopes)
    return -torch.ones(m, 1, dtype=knots.dtype), right[:m].clone(), changes.reshape(1, m), values[-1:].clone()


def pieces_needed(curvature, length, error):
    pieces = math.ceil(math.sqrt(curvature * length**2 / 8 / error))
    return pieces if pieces > 1 else 1
