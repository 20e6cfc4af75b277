"""A Python float: nothing flows back."""
# fails: weight_decay


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum().item() for p in model.parameters() if p.ndim >= 2)
