"""The smallest validation loss before the last quarter only."""
# fails: diagnose

import math


def diagnose(train_losses, valid_losses, chance, target):
    last = train_losses[-1]
    before = train_losses[-1 - len(train_losses) // 4]
    if not all(map(math.isfinite, [*train_losses, *valid_losses])) or last > 2 * chance:
        return "diverged"
    if last > 0.9 * chance:
        return "not learning"
    if last > target:
        return "stopped too early" if last < 0.9 * before else "underfitting"
    if valid_losses[-1] > 1.1 * min(valid_losses[: -1 - len(valid_losses) // 4]):
        return "overfitting"
    return "fine"
