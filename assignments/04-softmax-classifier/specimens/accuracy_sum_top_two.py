"""The label may be among the two largest scores."""
# fails: accuracy_sum
# hint: You count a label that is among the two largest scores. The guess is one class: the argmax.


def accuracy_sum(logits, labels):
    return (logits.topk(min(2, logits.shape[1]), 1).indices == labels[:, None]).any(1).sum()
