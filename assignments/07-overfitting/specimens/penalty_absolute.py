"""L1."""
# fails: weight_decay
# hint: This is the L1 penalty, of absolute values. L2 takes squares.


def l2_penalty(model, strength):
    return strength / 2 * sum(p.abs().sum() for p in model.parameters() if p.ndim >= 2)
