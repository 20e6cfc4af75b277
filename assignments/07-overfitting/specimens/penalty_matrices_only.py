"""ndim == 2: the weights of convolutions are left out."""
# fails: weight_decay
# hint: Convolutions have weights of three or four dimensions: two or more, not exactly two.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum() for p in model.parameters() if p.ndim == 2)
