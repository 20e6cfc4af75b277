"""The norm, not its square."""
# fails: weight_decay
# hint: You sum the norms. The penalty is made of squares, without a root.


def l2_penalty(model, strength):
    return strength / 2 * sum(p.norm() for p in model.parameters() if p.ndim >= 2)
