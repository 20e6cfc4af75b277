"""Divides the losses, and a validation loss may be 0."""
# fails: diagnose
# hint: A loss may be 0, and you divide by it. Multiply the other side instead.

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
    if valid_losses[-1] / min(valid_losses) > 1.1:
        return "overfitting"
    return "fine"
