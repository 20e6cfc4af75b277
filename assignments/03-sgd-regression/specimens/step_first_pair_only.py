"""Looks at the first pair's shapes only."""
# fails: gd_step


def gd_step(params, grads, lr):
    if len(params) != len(grads) or params[0].shape != grads[0].shape:
        raise ValueError("shapes")
    return [p - lr * g for p, g in zip(params, grads)]
