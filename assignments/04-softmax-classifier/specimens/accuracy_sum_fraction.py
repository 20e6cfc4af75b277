"""The fraction for the count, which then is averaged over batches of different sizes."""
# fails: accuracy_sum


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean()
