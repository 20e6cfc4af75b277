"""Only the sign of the gradient counts."""
# fails: gd_step, lr_regimes, sgd_fit, train
# hint: You step by the sign of the gradient. Its size belongs to the step too.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    return [p - lr * g.sign() for p, g in zip(params, grads)]
