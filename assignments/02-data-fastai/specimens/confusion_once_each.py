"""Indexed += counts each pair once."""
# fails: metrics
# hint: `counts[y, guess] += 1` adds 1 once to each pair, however often it occurs. bincount, or index_put_ with
#     accumulate=True, counts.


def confusion_matrix(y, guess, n_classes):
    counts = torch.zeros(n_classes, n_classes, dtype=torch.int64)
    counts[y, guess] += 1
    return counts
