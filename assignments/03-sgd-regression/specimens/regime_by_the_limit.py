"""Looks at the learning rate alone, not at this walk."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    if lr > 2 / curvatures.max():
        return "diverges"
    path = quadratic_path(curvatures, start, lr, steps)
    first, last = (curvatures * path[0] ** 2).sum(), (curvatures * path[-1] ** 2).sum()
    return "converges" if last < 0.01 * first else "slow"
