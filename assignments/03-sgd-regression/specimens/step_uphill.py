"""Adds the gradient."""
# fails: gd_step, lr_regimes, sgd_fit, train
# says: uphill
# hint: You add the gradient, which points uphill. Subtract it.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    return [p + lr * g for p, g in zip(params, grads)]
