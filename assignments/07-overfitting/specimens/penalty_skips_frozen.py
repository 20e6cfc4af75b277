"""Frozen weights are left out, though all weights are asked for."""
# fails: weight_decay


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum() for p in model.parameters() if p.requires_grad and p.ndim >= 2)
