"""argmax over the batch: one number per class, and no error when there are as many examples as classes."""
# fails: accuracy_sum
# says: argmax goes along the classes
# hint: Your argmax goes along the examples and gives one number for each class. The guess of an example is the
#     largest score of its row.


def accuracy_sum(logits, labels):
    return (logits.argmax(dim=0) == labels).sum()
