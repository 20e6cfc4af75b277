"""Rows in the order in which the classes first appear."""

# fails: nearest_mean
# reason: wrong_answer
# says: row c
# hint: Your rows are in the order in which the classes first occur in y. Row c belongs to class c: go through the
#     classes in order.


def class_means(x, y):
    seen = list(dict.fromkeys(y.tolist()))
    return torch.stack([x[y == c].mean(dim=0) for c in seen])
