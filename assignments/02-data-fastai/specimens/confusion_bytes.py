"""Counts in bytes, which begin again at 256."""
# fails: metrics
# hint: You count in 8 bits: after 255 comes 0. Count in int64.


def confusion_matrix(y, guess, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=np.uint8)
    np.add.at(counts, (y.numpy(), guess.numpy()), 1)
    return torch.from_numpy(counts).long()
