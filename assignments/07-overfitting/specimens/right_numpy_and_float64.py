"""A correct set of answers: numpy inside, float64 inside, lstsq, deep copies, Counters, prints that were left in."""
# fails: nothing

import copy
import math
from collections import Counter, defaultdict

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def polynomial_features(x, degree):
    return torch.vander(x, degree + 1, increasing=True)


def relu_features(x, knots):
    columns = [torch.ones_like(x), x]
    for knot in knots:
        columns.append(torch.where(x > knot, x - knot, torch.zeros_like(x)))
    return torch.stack(columns, dim=1)


def fit(phi, y, ridge=0.0):
    a, b = phi.detach().numpy().astype(np.float64), y.detach().numpy().astype(np.float64)
    if ridge > 0:
        a = np.vstack([a, math.sqrt(ridge) * np.eye(a.shape[1])])
        b = np.concatenate([b, np.zeros(a.shape[1])])
    theta, *_ = np.linalg.lstsq(a, b, rcond=1e-10)
    return torch.from_numpy(theta).to(phi.dtype)


def sensitivity(phi, phi_grid, i):
    before = fit(phi, torch.zeros(phi.shape[0], dtype=phi.dtype))
    target = torch.eye(phi.shape[0], dtype=phi.dtype)[i]
    after = fit(phi, target)
    return float(torch.max(torch.abs(phi_grid @ after - phi_grid @ before)))


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    def features(inputs, p):
        return F.relu(inputs @ W)[:, :p] / math.sqrt(p)

    errors = []
    for p in sizes:
        theta = fit(features(x, p), y, ridge=ridge)
        errors.append(
            (
                F.mse_loss(features(x, p) @ theta, y).item(),
                F.mse_loss(features(x_test, p) @ theta, y_test).item(),
            )
        )
        print("size", p)
    return [e[0] for e in errors], [e[1] for e in errors]


def accuracy(model, x, y):
    modes = {name: part.training for name, part in model.named_modules()}
    model.eval()
    try:
        with torch.inference_mode():
            guesses = model(x).argmax(-1)
    finally:
        for name, part in model.named_modules():
            part.training = modes[name]
    return float(np.mean(guesses.numpy() == y.numpy()))


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 512), nn.ReLU(), nn.Linear(512, 10))
    opt = torch.optim.AdamW(model.parameters(), lr=0.005, weight_decay=0.0)
    for step in range(400):
        loss = F.cross_entropy(model(x), y)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        if loss.item() < 0.01:
            break
    return model.eval()


def accuracy_when_shifted(model, x, y, shifts, side=8):
    results = []
    for k in shifts:
        images = x.numpy().copy().reshape(len(x), side, side)
        moved = np.zeros_like(images)
        for column in range(side):
            if column - k >= 0:
                moved[:, :, column] = images[:, :, column - k]
        results.append(accuracy(model, torch.from_numpy(moved.reshape(len(x), -1)), y))
    return results


def diagnose(train_losses, valid_losses, chance, target):
    train, valid = np.array(train_losses), np.array(valid_losses)
    if not np.isfinite(train).all() or not np.isfinite(valid).all() or train[-1] > chance * 2:
        return "diverged"
    if train[-1] > chance * 0.9:
        return "not learning"
    if train[-1] > target:
        quarter = int(len(train) / 4)
        return "stopped too early" if train[-1] < 0.9 * train[len(train) - 1 - quarter] else "underfitting"
    return "overfitting" if valid[-1] > 1.1 * valid.min() else "fine"


def l2_penalty(model, strength):
    total = torch.zeros(())
    for p in model.parameters():
        if len(p.shape) > 1:
            total = total + p.pow(2).sum()
    return 0.5 * strength * total


def parameter_groups(model, weight_decay):
    decay, rest = [], []
    for name, p in model.named_parameters():
        if p.requires_grad:
            (decay if p.dim() > 1 else rest).append(p)
    return [dict(params=decay, weight_decay=weight_decay), dict(params=rest, weight_decay=0.0)]


def dropout(x, p, training=True, generator=None):
    if p < 0 or p > 1:
        raise ValueError("p must be between 0 and 1")
    if not training or p == 0:
        return x.clone()
    keep = torch.empty(x.shape).bernoulli_(1 - p, generator=generator)
    if p == 1:
        return x * 0
    return (x * keep.to(x.dtype)) / (1 - p)


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch = float("inf"), 0
        self.calls = self.waited = 0
        self.best = None

    def step(self, val_loss, model=None):
        self.calls += 1
        if self.best_loss - val_loss > self.min_delta:
            self.best_loss, self.best_epoch, self.waited = val_loss, self.calls, 0
            if model is not None:
                self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        if self.best is None:
            raise RuntimeError("nothing kept")
        model.load_state_dict(copy.deepcopy(self.best))


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience=patience, min_delta=min_delta)
    epoch = 0
    while epoch < len(val_losses):
        epoch += 1
        if stopper.step(val_losses[epoch - 1]):
            break
    difference = stopper.best_loss - val_losses[-1]
    verdict = {-1: "helps", 0: "same", 1: "hurts"}[int(np.sign(difference))]
    return epoch, stopper.best_loss, verdict


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.4), nn.Linear(width, 10))
    opt = torch.optim.AdamW(parameter_groups(model, 0.1), lr=0.005)
    stopper, history = EarlyStopper(40), []
    for epoch in range(epochs):
        model.train()
        F.cross_entropy(model(x), y, label_smoothing=0.05).backward()
        opt.step()
        opt.zero_grad()
        model.eval()
        with torch.no_grad():
            history.append(F.cross_entropy(model(x_val), y_val).item())
        if stopper.step(history[-1], model):
            print("stopped after", epoch + 1)
            break
    stopper.restore(model)
    return model, history


def ngram_counts(text, n):
    counts = defaultdict(Counter)
    for i in range(n - 1, len(text)):
        counts[text[i - n + 1 : i]][text[i]] += 1
    return counts


def complete(counts, n, prompt, length):
    out = ""
    for _ in range(length):
        context = (prompt + out)[-(n - 1) :] if n > 1 else ""
        if context not in counts:
            return out
        out += sorted(counts[context].items(), key=lambda pair: (-pair[1], pair[0]))[0][0]
    return out


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    whole = prompt + continuation
    logs = []
    for i in range(len(prompt), len(whole)):
        seen = counts.get(whole[i - n + 1 : i]) or {}
        logs.append(np.log(seen.get(whole[i], 0) + alpha) - np.log(sum(seen.values()) + alpha * n_symbols))
    return float(np.sum(logs))


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    scores = np.array([log_probability(counts, n, prompt, c, n_symbols, alpha) for c in candidates])
    own = scores[candidates.index(secret)]
    return float(np.log2(len(candidates)) - np.log2(np.sum(scores >= own - 1e-9)))
