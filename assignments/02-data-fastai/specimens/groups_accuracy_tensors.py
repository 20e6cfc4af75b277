"""Tensors in the dict."""
# fails: per_group
# hint: The dict holds tensors. .item() takes the numbers out.


def group_accuracies(y, guess, groups):
    return {n: (y == guess)[[i for i, g in enumerate(groups) if g == n]].float().mean() for n in set(groups)}
