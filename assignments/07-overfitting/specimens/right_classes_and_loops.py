"""A correct set of answers: helper classes, loops, SVD, masks by hand, batches, parameters copied one by one."""
# fails: nothing

import math
import torch
import torch.nn.functional as F
from torch import nn


def polynomial_features(x, degree):
    columns = [torch.ones_like(x)]
    for _ in range(degree):
        columns.append(columns[-1] * x)
    return torch.stack(columns, -1)


def relu_features(x, knots):
    hidden = F.relu(x[:, None] - knots[None, :])
    return torch.hstack([torch.ones(len(x), 1, dtype=x.dtype), x[:, None], hidden])


def fit(phi, y, ridge=0.0):
    u, s, vt = torch.linalg.svd(phi, full_matrices=False)
    if ridge:
        inverse = s / (s**2 + ridge)
    else:
        small = s <= s.max() * max(phi.shape) * torch.finfo(phi.dtype).eps
        inverse = torch.where(small, torch.zeros_like(s), 1 / s)
    return vt.T @ (inverse * (u.T @ y))


def sensitivity(phi, phi_grid, i):
    hat = phi_grid @ torch.stack([fit(phi, column) for column in torch.eye(len(phi), dtype=phi.dtype)], dim=1)
    return hat[:, i].abs().amax().item()


class RandomFeatures:
    def __init__(self, W, p):
        self.W, self.p = W[:, :p], p

    def __call__(self, x):
        h = x @ self.W
        return h * (h > 0) * self.p**-0.5


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        features = RandomFeatures(W, p)
        theta = fit(features(x), y, ridge)
        for inputs, targets, errors in ((x, y, train), (x_test, y_test, test)):
            residual = features(inputs).matmul(theta).sub(targets)
            errors.append(float(residual.dot(residual)) / len(targets))
    return train, test


@torch.no_grad()
def accuracy(model, x, y):
    training = [part.training for part in model.modules()]
    model.train(False)
    correct = sum(int(guess) == int(label) for guess, label in zip(model(x).max(1).indices, y))
    for part, mode in zip(model.modules(), training):
        part.training = mode
    return correct / x.shape[0]


class Memoriser(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.a = nn.Linear(features, 300)
        self.b = nn.Linear(300, 300)
        self.c = nn.Linear(300, 10)

    def forward(self, x):
        return self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))


def fit_random_labels(x, y, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = Memoriser(x.shape[1])
        opt = torch.optim.Adam(model.parameters(), lr=3e-3)
        for _ in range(120):
            for rows in torch.randperm(len(x)).split(64):
                opt.zero_grad()
                nn.CrossEntropyLoss()(model(x[rows]), y[rows]).backward()
                opt.step()
            if accuracy(model, x, y) == 1.0:
                break
    return model


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = x.view(-1, side, side)
    padded = F.pad(images, (side, 0))
    return [accuracy(model, padded[:, :, side - k : 2 * side - k].flatten(1), y) for k in shifts]


def diagnose(train_losses, valid_losses, chance, target):
    bad = [v for v in train_losses + valid_losses if math.isnan(v) or math.isinf(v)]
    end = train_losses[len(train_losses) - 1]
    earlier = train_losses[len(train_losses) - 1 - len(train_losses) // 4]
    if bad or end > 2 * chance:
        answer = "diverged"
    elif end > 0.9 * chance:
        answer = "not learning"
    elif end > target:
        answer = "stopped too early" if end < 0.9 * earlier else "underfitting"
    elif valid_losses[-1] > 1.1 * sorted(valid_losses)[0]:
        answer = "overfitting"
    else:
        answer = "fine"
    return answer


def l2_penalty(model, strength):
    squares = [torch.linalg.vector_norm(p) ** 2 for p in model.parameters() if p.ndim != 1 and p.ndim != 0]
    return torch.stack(squares).sum() * (strength / 2)


def parameter_groups(model, weight_decay):
    matrices = list(filter(lambda p: p.requires_grad and p.ndim > 1, model.parameters()))
    vectors = list(filter(lambda p: p.requires_grad and p.ndim <= 1, model.parameters()))
    return [{"weight_decay": weight_decay, "params": matrices}, {"weight_decay": 0.0, "params": vectors}]


def dropout(x, p, training=True, generator=None):
    if not (0.0 <= p <= 1.0):
        raise ValueError(p)
    if training and p == 1:
        return torch.zeros_like(x)
    if training:
        drop = torch.rand(x.numel(), generator=generator).reshape(x.shape) < p
        return x.masked_fill(drop, 0) / (1 - p)
    return x


class EarlyStopper:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.history = []
        self.best_loss = math.inf
        self.best_epoch = 0
        self.kept = {}

    def step(self, val_loss, model=None):
        self.history.append(val_loss)
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, len(self.history)
            if model is not None:
                self.kept = {}
                for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
                    self.kept[name] = torch.empty_like(tensor).copy_(tensor.data)
        return len(self.history) >= self.best_epoch + self.patience

    @torch.no_grad()
    def restore(self, model):
        if not self.kept:
            raise RuntimeError("no state")
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            tensor.copy_(self.kept[name])


def stop_or_go_on(val_losses, patience, min_delta=0.0):
    stopper = EarlyStopper(patience, min_delta)
    run = 0
    for loss in val_losses:
        run += 1
        if stopper.step(loss):
            break
    if stopper.best_loss == val_losses[-1]:
        return run, stopper.best_loss, "same"
    return [run, stopper.best_loss, "hurts" if stopper.best_loss > val_losses[-1] else "helps"]


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.hidden, self.out = nn.Linear(64, width), nn.Linear(width, 10)

    def forward(self, x):
        return self.out(dropout(F.relu(self.hidden(x)), 0.5, self.training))


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = Net(width)
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    losses, best, best_state = [], math.inf, None
    for _ in range(epochs):
        model.train()
        opt.zero_grad()
        (F.cross_entropy(model(x), y) + l2_penalty(model, 1e-3)).backward()
        opt.step()
        model.eval()
        with torch.no_grad():
            losses.append(float(F.cross_entropy(model(x_val), y_val)))
        if losses[-1] < best:
            best, best_state = losses[-1], {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(best_state)
    return model, losses


def ngram_counts(text, n):
    counts = {}
    for end in range(n, len(text) + 1):
        window = text[end - n : end]
        context, character = window[:-1], window[-1]
        if context not in counts:
            counts[context] = {}
        counts[context][character] = counts[context].get(character, 0) + 1
    return counts


def complete(counts, n, prompt, length):
    if length == 0:
        return ""
    text = prompt
    context = text[len(text) - n + 1 :]
    if context not in counts:
        return ""
    most = max(counts[context].values())
    character = min(c for c, count in counts[context].items() if count == most)
    return character + complete(counts, n, prompt + character, length - 1)


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    if not continuation:
        return 0.0
    context = prompt[len(prompt) - (n - 1) :]
    followers = counts[context] if context in counts else {}
    count = followers[continuation[0]] if continuation[0] in followers else 0
    here = math.log((count + alpha) / (sum(followers.values()) + n_symbols * alpha))
    rest = prompt + continuation[0], continuation[1:]
    return here + log_probability(counts, n, *rest, n_symbols, alpha) if rest[1] else here


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    rank = 0
    for candidate in candidates:
        if log_probability(counts, n, prompt, candidate, n_symbols, alpha) >= own - 1e-9:
            rank += 1
    return math.log2(len(candidates) / rank)
