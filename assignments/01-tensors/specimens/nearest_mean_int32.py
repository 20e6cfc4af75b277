"""Labels as int32."""

# fails: nearest_mean
# reason: wrong_type
# hint: The labels are right, but int32. Labels are int64, as argmin gives them.


def nearest_mean(means, x):
    return torch.cdist(x, means).argmin(1).int()
