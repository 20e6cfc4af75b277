"""argmax over the batch: one number per class, and no error when there are as many examples as classes."""
# fails: accuracy_sum
# says: argmax goes along the classes


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=0) == labels).sum()
