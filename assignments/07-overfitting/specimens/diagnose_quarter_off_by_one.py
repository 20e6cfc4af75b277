"""train_losses[-(E // 4)] is one epoch too late."""
# fails: diagnose

import math


def diagnose(train_losses, valid_losses, chance, target):
    last, before = train_losses[-1], train_losses[-(len(train_losses) // 4)]
    if not all(map(math.isfinite, [*train_losses, *valid_losses])) or last > 2 * chance:
        return "diverged"
    if last > 0.9 * chance:
        return "not learning"
    if last > target:
        return "stopped too early" if last < 0.9 * before else "underfitting"
    return "overfitting" if valid_losses[-1] > 1.1 * min(valid_losses) else "fine"
