"""max instead of argmax: compares scores with labels."""
# fails: accuracy_sum


def accuracy_sum(logits, labels):
    return (logits.max(dim=1).values == labels).sum()
