"""Leaves out rows with a score of -inf."""
# fails: accuracy_sum
# hint: You leave rows with an infinite score out. A class with -inf is impossible, and the row counts all the same.


def accuracy_sum(logits, labels):
    ok = logits.isfinite().all(1)
    return ((logits.argmax(1) == labels) & ok).sum()
