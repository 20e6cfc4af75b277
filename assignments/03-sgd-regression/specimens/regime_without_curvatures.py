"""Squares, but not weighed by the curvatures."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    first, last = (path[0] ** 2).sum(), (path[-1] ** 2).sum()
    if not last <= first:
        return "diverges"
    return "converges" if last < 0.01 * first else "slow"
