"""An error only where all shapes differ."""
# fails: gd_step


def gd_step(params, grads, lr):
    if len(params) != len(grads) or all(p.shape != g.shape for p, g in zip(params, grads)):
        raise ValueError("shapes")
    return [p - lr * g for p, g in zip(params, grads)]
