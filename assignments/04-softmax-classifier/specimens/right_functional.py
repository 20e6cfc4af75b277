"""A correct set of answers: torch.func, gradients asked for by autograd.grad, helper classes, parameters of its own."""
# fails: nothing

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call, grad_and_value


class Shifted:
    """Scores minus their largest along one dimension, and that largest."""

    def __init__(self, x, dim):
        self.top = x.amax(dim=dim, keepdim=True)
        self.rest = x - self.top
        self.dim = dim

    def total(self):
        return self.rest.exp().sum(self.dim, keepdim=True)


def softmax(x, dim):
    shifted = Shifted(x, dim)
    return shifted.rest.exp() * shifted.total().reciprocal()


def logsumexp(x, dim):
    shifted = Shifted(x, dim)
    return torch.log(shifted.total()).add(shifted.top).squeeze(dim=dim)


def log_softmax(x, dim):
    shifted = Shifted(x, dim)
    return shifted.rest - torch.log(shifted.total())


def cross_entropy(logits, y, reduction="mean"):
    picked = logits.take_along_dim(y.view(-1, 1), 1).view(-1)
    losses = logsumexp(logits, 1) - picked
    try:
        return {"none": losses.clone, "sum": losses.sum, "mean": losses.mean}[reduction]()
    except KeyError:
        raise ValueError(f"unknown reduction {reduction}") from None


def notes_loss_bounds():
    low, high = float(-1), float(0)
    return low, high


def mended_loss(logits, y):
    return nn.NLLLoss()(nn.LogSoftmax(dim=1)(logits), y)


def accuracy_sum(logits, labels):
    best = logits.argsort(dim=1, descending=True)[:, 0]
    return torch.where(best == labels, 1, 0).sum()


def finite_slopes(W, x, y, D, eps):
    loss = nn.CrossEntropyLoss()
    W = W.detach()
    ahead, behind = x @ (W + D * eps), x @ (W - D * eps)
    gained = accuracy_sum(ahead, y).item() - accuracy_sum(behind, y).item()
    return gained / len(x) / (2 * eps), (loss(ahead, y) - loss(behind, y)).item() / (2 * eps)


def autograd_gradients(W, x, y):
    with torch.enable_grad():
        w = W.detach().requires_grad_(True)
        return None, torch.autograd.grad(F.cross_entropy(x @ w, y), [w])[0]


def sigmoid_from_softmax(z):
    scores = torch.stack((z, z * 0), dim=-1)
    return softmax(scores, dim=-1).unbind(-1)[0]


def bce_with_logits(z, t):
    scores = torch.stack((z, z * 0), dim=-1)
    probabilities = torch.stack((t, 1 - t), dim=-1)
    return -(probabilities * log_softmax(scores, -1)).sum(-1).mean()


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.output = nn.Linear(n_hidden, n_out)
        self.inner = nn.Sequential(nn.Linear(n_in, n_hidden))
        nn.init.kaiming_normal_(self.inner[0].weight)
        nn.init.zeros_(self.inner[0].bias)

    def forward(self, x):
        h = self.inner(x)
        return self.output(h * (h > 0))


@dataclass
class Running:
    loss: float = 0.0
    right: int = 0
    seen: int = 0


def train_epoch(model, loader, opt):
    model.train()
    running = Running()

    def objective(parameters, inputs, targets):
        scores = functional_call(model, parameters, (inputs,))
        return F.cross_entropy(scores, targets), scores

    for inputs, targets in loader:
        parameters = dict(model.named_parameters())
        gradients, (loss, scores) = grad_and_value(objective, has_aux=True)(parameters, inputs, targets)
        for name, parameter in parameters.items():
            parameter.grad = gradients[name].detach()
        opt.step()
        running.loss += loss.item() * len(targets)
        running.right += accuracy_sum(scores, targets).item()
        running.seen += len(targets)
    return running.loss / running.seen, running.right / running.seen


def expected_initial_loss(n_classes):
    return cross_entropy(torch.zeros(1, n_classes, dtype=torch.float64), torch.zeros(1, dtype=torch.int64)).item()


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        losses = F.cross_entropy(model(x), y, reduction="none")
    low, high = expected_initial_loss(n_classes) - tolerance, expected_initial_loss(n_classes) + tolerance
    return low <= losses.double().mean().item() <= high


def train(x, y, seed):
    generator = torch.Generator().manual_seed(seed)
    model = MLP(64, 40, 10)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True)
    data = torch.utils.data.TensorDataset(x, y)
    losses = []
    while len(losses) < 25:
        loader = torch.utils.data.DataLoader(data, batch_size=32, shuffle=True, generator=generator)
        loss, _ = train_epoch(model, loader, opt)
        losses.append(loss)
    return model, losses
