"""Normalises the gradient first."""
# fails: gd_step, lr_regimes, sgd_fit
# hint: You scale the gradient to length one before the step. Gradient descent takes it as it is.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    return [p - lr * g / (g.norm() + 1e-12) for p, g in zip(params, grads)]
