"""A correct set of answers: a column of ones for the bias, einsum, index loops, argsort for shuffling, masks."""
# fails: nothing

import math
import numpy as np
import torch
import torch.nn.functional as F


def with_ones(X):
    return torch.cat((X, X.new_ones(X.size(0), 1)), dim=1)


def loss_surface(slopes, intercepts, x, y):
    S, C = torch.meshgrid(slopes, intercepts, indexing="ij")
    return torch.mean((S[..., None] * x + C[..., None] - y) ** 2, dim=2)


def mse_loss_and_grad(w, b, X, y):
    N, D = X.shape
    if y.ndim != 1 or y.shape[0] != N:
        raise ValueError("y must be a vector with one target for each row of X")
    A = with_ones(X)
    error = A @ torch.cat((w, b[None])) - y
    gradient = torch.einsum("ij,i->j", A, error) * (2.0 / N)
    return torch.dot(error, error) / N, gradient[:D], gradient[D]


def gd_step(params, grads, lr):
    if len(params) != len(grads):
        raise ValueError("not as many gradients as parameters")
    new = []
    for i in range(len(params)):
        if tuple(params[i].shape) != tuple(grads[i].shape):
            raise ValueError(f"gradient {i} has another shape than its parameter")
        moved = params[i].detach().clone()
        moved -= grads[i] * lr
        new.append(moved)
    return new


def quadratic_path(curvatures, start, lr, steps):
    rows = torch.empty(steps + 1, start.numel(), dtype=start.dtype)
    rows[0] = start
    for t in range(1, steps + 1):
        rows[t] = rows[t - 1] - lr * (curvatures * rows[t - 1])
    return rows


def lr_regime(curvatures, start, lr, steps):
    end = quadratic_path(curvatures, start, lr, steps)[-1]
    before, after = (0.5 * (curvatures * theta * theta).sum().item() for theta in (start, end))
    if math.isnan(after) or math.isinf(after) or after > before:
        return "diverges"
    if after < before / 100:
        return "converges"
    return "slow"


def critical_rates(curvatures):
    low, high = np.min(curvatures.numpy()), np.max(curvatures.numpy())
    return float(2 / high), float(2 / (low + high))


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    N, D = X.shape
    w, b = torch.zeros(D, dtype=X.dtype), torch.zeros((), dtype=X.dtype)
    losses = []
    for epoch in range(epochs):
        order = torch.argsort(torch.rand(N, generator=g, dtype=torch.float64))
        epoch_loss = 0
        for start in range(0, N, batch_size):
            idx = order[start : start + batch_size]
            loss, dw, db = loss_and_grad(w, b, X[idx], y[idx])
            w = w - lr * dw
            b = b - lr * db
            epoch_loss += loss.item() * idx.numel()
        losses.append(epoch_loss / N)
    return w, b, losses


def per_example_gradients(w, b, X, y):
    A = with_ones(X)
    return A * (2 * (A @ torch.cat((w, b[None])) - y)).unsqueeze(-1)


def batch_noise(gradients, batch_size):
    N = gradients.shape[0]
    centre = gradients.mean(dim=0, keepdim=True)
    s2 = torch.sum((gradients - centre) ** 2) / N
    return torch.sqrt(s2 * (N - batch_size) / (batch_size * (N - 1)))


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    N = X.shape[0]
    if sum(sizes) != N:
        raise ValueError("the sizes must add up to the size of the batch")
    total_loss, total_w, total_b = torch.zeros_like(b), torch.zeros_like(w), torch.zeros_like(b)
    first = 0
    for n in sizes:
        last = first + n
        loss, gw, gb = loss_and_grad(w, b, X[first:last], y[first:last])
        total_loss = total_loss + n * loss
        total_w = total_w + n * gw
        total_b = total_b + n * gb
        first = last
    return total_loss / N, total_w / N, total_b / N


def best_constants(y):
    ordered, _ = torch.sort(y)
    half = len(y) // 2
    middle = ordered[half] if len(y) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return y.sum() / len(y), middle


def mae_loss_and_grad(w, b, X, y):
    A = with_ones(X)
    r = A @ torch.cat((w, b[None])) - y
    s = (r > 0).to(r.dtype) - (r < 0).to(r.dtype)
    slopes = A.T @ s / len(r)
    return F.l1_loss(r, torch.zeros_like(r)), slopes[:-1], slopes[-1]


def gaussian_nll(y, mu, sigma):
    sigma = torch.as_tensor(sigma, dtype=y.dtype)
    return F.mse_loss(mu, y) / (2 * sigma**2) + torch.log(sigma) + math.log(2 * math.pi) / 2


def mse_from_nll(nll, sigma):
    without_constants = nll - math.log(sigma * math.sqrt(2 * math.pi))
    return without_constants * 2 * sigma**2


def best_sigma(y, mu):
    return float(torch.linalg.vector_norm(y - mu) / math.sqrt(y.numel()))


def logistic_loss_slide(beta, X, y):
    signs = torch.where(y == 0, 1.0, -1.0).to(X.dtype)
    return -F.logsigmoid(signs * torch.matmul(X, beta)).mean()


def logistic_loss(beta, X, y):
    return logistic_loss_slide(-beta, X, y)


def to_slide(beta):
    return torch.neg(beta)


def predict_slide(beta, X):
    return torch.where(X @ beta > 0, 0, 1)


def logistic_loss_and_grad(w, b, X, y):
    N = len(y)
    z = torch.addmv(b.expand(N), X, w)
    p = 1 / (1 + torch.exp(-z))
    t = y.to(X.dtype)
    loss = torch.mean(torch.clamp(z, min=0) - t * z + torch.log1p(torch.exp(-torch.abs(z))))
    d = (p - t) / N
    return loss, torch.mv(X.t(), d), torch.sum(d)


def train(X, y, seed):
    w, b, losses = sgd_fit(logistic_loss_and_grad, X, y, lr=0.3, batch_size=64, epochs=25, seed=seed)
    return w, b, losses
