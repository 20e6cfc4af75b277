""".data cuts the gradient."""
# fails: weight_decay
# hint: .data cuts the weights off: the penalty has a value and no gradient.


def l2_penalty(model, strength):
    return strength / 2 * sum((p.data**2).sum() for p in model.parameters() if p.ndim >= 2)
