"""Compares guesses (B, 1) with labels (B,): a (B, B) table of booleans is counted."""
# fails: accuracy_sum


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=1, keepdim=True) == labels).sum()
