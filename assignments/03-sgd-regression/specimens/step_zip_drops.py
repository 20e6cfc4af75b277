"""zip stops at the shorter list."""
# fails: gd_step
# says: No ValueError came
# hint: zip() stops where the shorter list ends: parameters without a gradient vanish without a word.


def gd_step(params, grads, lr):
    for p, g in zip(params, grads):
        if p.shape != g.shape:
            raise ValueError("shapes differ")
    return [p - lr * g for p, g in zip(params, grads)]
