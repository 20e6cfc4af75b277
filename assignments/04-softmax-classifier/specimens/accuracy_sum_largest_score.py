"""max instead of argmax: compares scores with labels."""
# fails: accuracy_sum
# hint: You compare the largest scores with the labels. A guess is where the largest score sits, not the score itself.


def accuracy_sum(logits, labels):
    return (logits.max(dim=1).values == labels).sum()
