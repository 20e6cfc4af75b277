"""Compares numbers of elements: (1,) and () have the same."""
# fails: gd_step
# says: No ValueError came


def gd_step(params, grads, lr):
    if [p.numel() for p in params] != [g.numel() for g in grads]:
        raise ValueError("sizes differ")
    return [p - lr * g for p, g in zip(params, grads)]
