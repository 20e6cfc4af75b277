"""Every comparison with NaN is False, and what is left is "slow"."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    loss = (curvatures * path**2).sum(1) / 2
    if loss[-1] > loss[0]:
        return "diverges"
    if loss[-1] < 0.01 * loss[0]:
        return "converges"
    return "slow"
