"""Counts in float32, as the class notes do: it stops at 16,777,216."""
# fails: accuracy_sum
# says: integer tensor
# hint: You return a float. Sum the booleans themselves: that count is int64.


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=1) == labels).float().sum()
