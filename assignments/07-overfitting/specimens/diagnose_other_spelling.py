"""Answers in words of its own."""
# fails: diagnose
# says: spelt as there

import math


def diagnose(train_losses, valid_losses, chance, target):
    last, before = train_losses[-1], train_losses[-1 - len(train_losses) // 4]
    if not all(map(math.isfinite, [*train_losses, *valid_losses])) or last > 2 * chance:
        return "Diverged"
    if last > 0.9 * chance:
        return "Not learning"
    if last > target:
        return "Stopped too early" if last < 0.9 * before else "Underfitting"
    return "Overfitting" if valid_losses[-1] > 1.1 * min(valid_losses) else "Fine"
