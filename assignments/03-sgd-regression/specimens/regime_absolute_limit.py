"""Compares the loss with 0.01, whatever it was at the start."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    first, last = (curvatures * path[0] ** 2).sum() / 2, (curvatures * path[-1] ** 2).sum() / 2
    if not last <= first:
        return "diverges"
    return "converges" if last < 0.01 else "slow"
