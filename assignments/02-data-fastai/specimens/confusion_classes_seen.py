"""As many classes as occur."""
# fails: metrics
# hint: Your matrix has as many rows as classes occur. It has n_classes rows and columns in any case.


def confusion_matrix(y, guess, n_classes):
    n_classes = int(max(y.max(), guess.max())) + 1
    return torch.bincount(y * n_classes + guess, minlength=n_classes**2).reshape(n_classes, n_classes)
