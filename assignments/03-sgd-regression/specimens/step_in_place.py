"""Writes into the caller's parameters."""
# fails: gd_step, lr_regimes
# reason: mutated_input
# hint: You write into the caller's parameters. A path drawn from them would be one point, many times.


def gd_step(params, grads, lr):
    if [p.shape for p in params] != [g.shape for g in grads]:
        raise ValueError("shapes")
    for p, g in zip(params, grads):
        p -= lr * g
    return list(params)
