"""Rows are the guesses."""
# fails: metrics
# says: transposed
# hint: Your matrix is transposed: rows are the truth, columns the guesses.


def confusion_matrix(y, guess, n_classes):
    return torch.bincount(guess * n_classes + y, minlength=n_classes**2).reshape(n_classes, n_classes)
