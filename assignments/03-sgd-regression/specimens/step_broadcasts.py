"""Only the lengths are compared; broadcasting reshapes a parameter."""
# fails: gd_step
# says: No ValueError came
# hint: You compare the lengths of the lists, not the shapes within. A gradient (3,) makes a (3,) out of a bias ().


def gd_step(params, grads, lr):
    return [p - lr * g for p, g in zip(params, grads, strict=True)]
