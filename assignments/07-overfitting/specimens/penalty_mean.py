"""Means over each weight."""
# fails: weight_decay
# hint: You take the mean over each weight. It is the sum.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).mean() for p in model.parameters() if p.ndim >= 2)
