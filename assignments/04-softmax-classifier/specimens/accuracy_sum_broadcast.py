"""Compares guesses (B, 1) with labels (B,): a (B, B) table of booleans is counted."""
# fails: accuracy_sum
# hint: You compare guesses of shape (B, 1) with labels of shape (B,), a (B, B) table of pairs. Leave keepdim out, so
#     that each guess meets its own label.


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=1, keepdim=True) == labels).sum()
