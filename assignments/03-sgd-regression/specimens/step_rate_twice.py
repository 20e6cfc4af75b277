"""Multiplies by the learning rate twice."""
# fails: gd_step, lr_regimes, sgd_fit, train
# hint: The learning rate is in your step twice.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    grads = [lr * g for g in grads]
    return [p - lr * g for p, g in zip(params, grads)]
