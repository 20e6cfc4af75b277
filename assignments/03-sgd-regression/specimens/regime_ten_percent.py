"""Ten per cent for one."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    first, last = (curvatures * path[0] ** 2).sum(), (curvatures * path[-1] ** 2).sum()
    if not last <= first:
        return "diverges"
    return "converges" if last < 0.1 * first else "slow"
