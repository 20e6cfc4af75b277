"""Calls it divergence when the loss rises in any single step."""
# fails: lr_regimes


def lr_regime(curvatures, start, lr, steps):
    path = quadratic_path(curvatures, start, lr, steps)
    loss = (curvatures * path**2).sum(1)
    if not bool((loss.diff() <= 0).all()):
        return "diverges"
    return "converges" if loss[-1] < 0.01 * loss[0] else "slow"
