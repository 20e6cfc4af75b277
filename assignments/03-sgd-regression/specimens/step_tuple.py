"""A tuple in place of a list."""
# fails: gd_step


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    return tuple(p - lr * g for p, g in zip(params, grads))
