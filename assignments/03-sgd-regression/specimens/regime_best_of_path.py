"""The smallest loss on the way, in place of the last."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    f = (curvatures * path**2).sum(1)
    if not f[-1] <= f[0]:
        return "diverges"
    return "converges" if f.min() < 0.01 * f[0] else "slow"
