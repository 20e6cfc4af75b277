"""Tensors for floats."""
# fails: per_group
# hint: You return tensors. .item() takes a Python float out of each.


def both_averages(y, guess, groups):
    values = torch.tensor(list(group_accuracies(y, guess, groups).values()))
    return (y == guess).float().mean(), values.mean()
