"""Leaves the right ones out."""
# fails: metrics
# hint: You leave out what was right. It belongs on the diagonal.


def confusion_matrix(y, guess, n_classes):
    wrong = y != guess
    return torch.bincount((y * n_classes + guess)[wrong], minlength=n_classes**2).reshape(n_classes, n_classes)
