"""The share of the largest coordinate in place of f."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    ends = quadratic_path(curvatures, start, lr, steps)[[0, -1]]
    first, last = (curvatures * ends**2).amax(dim=1).tolist()
    if not last <= first:
        return "diverges"
    return "converges" if last < 0.01 * first else "slow"
