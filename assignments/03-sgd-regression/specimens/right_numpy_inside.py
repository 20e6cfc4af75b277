"""A correct set of answers: NumPy in float64 inside, helper classes, recursion, lambdas, prints that were left in."""
# fails: nothing

import math
from dataclasses import dataclass

import numpy as np
import torch


def wide(tensor):
    return tensor.detach().numpy().astype(np.float64)


def to_numpy(*tensors):
    return [wide(t) for t in tensors]


def loss_surface(slopes, intercepts, x, y):
    s, c, xs, ys = wide(slopes), wide(intercepts), wide(x), wide(y)
    cube = np.einsum("a,n->an", s, xs)[:, None, :] + c[None, :, None] - ys
    return torch.from_numpy(np.mean(np.square(cube), axis=-1)).to(x.dtype)


@dataclass
class Linear:
    w: np.ndarray
    b: float

    def residuals(self, X, y):
        return X.dot(self.w) + self.b - y


def closed_form(w, b, X, y, loss, slope):
    W, B, A, t = to_numpy(w, b, X, y)
    r = Linear(W, float(B)).residuals(A, t)
    d = slope(r)
    print("gradient of", len(r), "examples")
    return tuple(torch.tensor(v, dtype=X.dtype) for v in (loss(r).mean(), (d[:, None] * A).mean(axis=0), d.mean()))


def mse_loss_and_grad(w, b, X, y):
    if list(y.shape) != [X.shape[0]]:
        raise ValueError("wrong shape: " + str(tuple(y.shape)))
    return closed_form(w, b, X, y, np.square, lambda r: 2 * r)


def mae_loss_and_grad(w, b, X, y):
    return closed_form(w, b, X, y, np.abs, np.sign)


def gd_step(params, grads, lr):
    shapes = [tuple(p.shape) for p in params], [tuple(g.shape) for g in grads]
    if shapes[0] != shapes[1]:
        raise ValueError(f"shapes {shapes[0]} and {shapes[1]}")
    return list(map(lambda p, g: p.add(g, alpha=-lr), params, grads))


def quadratic_path(curvatures, start, lr, steps):
    factor = 1 - lr * curvatures.double()
    theta, rows = start.double(), []
    for _ in range(steps + 1):
        rows.append(theta)
        theta = theta * factor
    return torch.stack(rows).to(start.dtype)


def lr_regime(curvatures, start, lr, steps):
    c, s = to_numpy(curvatures, start)
    with np.errstate(over="ignore", invalid="ignore"):
        end = s * (1.0 - lr * c) ** steps
        ratio = float((c * end**2).sum() / (c * s**2).sum())
    return "diverges" if not ratio <= 1 else ("converges" if ratio < 0.01 else "slow")


def critical_rates(curvatures):
    c = curvatures.tolist()
    return (2 / max(c), 2 / (min(c) + max(c)))


class Batches:
    """Epoch after epoch of shuffled indices."""

    def __init__(self, count, size, seed):
        self.count, self.size = count, size
        self.random = np.random.RandomState(seed % 2**32)

    def __iter__(self):
        order = self.random.permutation(self.count)
        yield from (order[i : i + self.size] for i in range(0, self.count, self.size))


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    batches = Batches(len(X), batch_size, seed)
    theta = [torch.zeros(X.shape[1], dtype=X.dtype), torch.zeros([], dtype=X.dtype)]
    losses = []
    for _ in range(epochs):
        weighted = []
        for rows in batches:
            rows = torch.as_tensor(rows)
            loss, *gradient = loss_and_grad(*theta, X[rows], y[rows])
            theta = gd_step(theta, gradient, lr)
            weighted.append((float(loss), len(rows)))
        losses.append(float(np.average([l for l, _ in weighted], weights=[n for _, n in weighted])))
    return (*theta, losses)


def per_example_gradients(w, b, X, y):
    W, B, A, t = wide(w), wide(b), wide(X), wide(y)
    r = Linear(W, float(B)).residuals(A, t)
    return torch.from_numpy(2 * r[:, None] * np.c_[A, np.ones(len(r))]).to(X.dtype)


def batch_noise(gradients, batch_size):
    (G,) = to_numpy(gradients)
    N = len(G)
    s = np.linalg.norm(G - G.mean(axis=0), axis=1)
    value = math.sqrt((s**2).mean() / batch_size * (N - batch_size) / (N - 1))
    return torch.tensor(value, dtype=gradients.dtype)


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(y):
        raise ValueError

    def rest(sizes, X, y):
        if not sizes:
            return torch.zeros_like(b), torch.zeros_like(w), torch.zeros_like(b)
        n = sizes[0]
        here = loss_and_grad(w, b, X[:n], y[:n])
        later = rest(sizes[1:], X[n:], y[n:])
        return tuple(n * one + other for one, other in zip(here, later))

    return [total / len(y) for total in rest(sizes, X, y)]


def best_constants(y):
    (values,) = to_numpy(y)
    return torch.tensor(np.mean(values), dtype=y.dtype), torch.tensor(np.median(values), dtype=y.dtype)


def gaussian_nll(y, mu, sigma):
    z = (y - mu) / sigma
    return (z * z / 2).mean() + math.log(sigma * (2 * math.pi) ** 0.5)


mse_from_nll = lambda nll, sigma: (nll - math.log(sigma) - math.log(2 * math.pi) / 2) * 2 * sigma**2  # noqa: E731
best_sigma = lambda y, mu: (y - mu).pow(2).mean().item() ** 0.5  # noqa: E731


def logistic_loss_slide(beta, X, y):
    s = torch.pow(-1, y) * (X @ beta)
    return torch.logsumexp(torch.stack([torch.zeros_like(s), -s]), dim=0).mean()


def logistic_loss(beta, X, y):
    s = X @ beta
    positive, negative = s[y == 1], s[y == 0]
    softplus = torch.nn.functional.softplus
    return (softplus(-positive).sum() + softplus(negative).sum()) / len(y)


def to_slide(beta):
    return 0 - beta


def predict_slide(beta, X):
    scores = X @ beta
    guesses = torch.zeros(len(X), dtype=torch.int64)
    guesses[scores < 0] = 1
    return guesses


def logistic_loss_and_grad(w, b, X, y):
    W, B, A, t = to_numpy(w, b, X, y)
    s = A @ W + B
    p = np.where(s >= 0, 1 / (1 + np.exp(-np.abs(s))), np.exp(-np.abs(s)) / (1 + np.exp(-np.abs(s))))
    loss = np.logaddexp(0, np.where(t == 1, -s, s)).mean()
    return tuple(torch.tensor(v, dtype=X.dtype) for v in (loss, A.T @ (p - t) / len(t), (p - t).mean()))


def train(X, y, seed):
    return sgd_fit(logistic_loss_and_grad, X, y, lr=0.2, batch_size=20, epochs=20, seed=seed)
