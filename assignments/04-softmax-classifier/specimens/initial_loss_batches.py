"""Looks at the examples in pieces, adds up, and remembers the grad mode."""
# fails: nothing

import torch


def expected_initial_loss(n_classes):
    return torch.logsumexp(torch.zeros(n_classes), dim=0).item()


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        total = sum(cross_entropy(model(xs), ys, "sum") for xs, ys in zip(x.split(16), y.split(16)))
    finally:
        torch.set_grad_enabled(before)
    chance = torch.tensor(expected_initial_loss(n_classes))
    return torch.isclose(total / len(x), chance, rtol=0, atol=tolerance).item()
