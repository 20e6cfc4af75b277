"""Fractions for counts."""
# fails: metrics
# hint: You divide each row by its sum. Counts are asked for, int64.


def confusion_matrix(y, guess, n_classes):
    counts = torch.bincount(y * n_classes + guess, minlength=n_classes**2).reshape(n_classes, n_classes).float()
    return counts / counts.sum(dim=1, keepdim=True)
