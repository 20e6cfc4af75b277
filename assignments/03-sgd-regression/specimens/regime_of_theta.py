"""Judges the distance from the minimum in place of the loss."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    first, last = path[0].norm(), path[-1].norm()
    if not last <= first:
        return "diverges"
    return "converges" if last < 0.01 * first else "slow"
