"""Tensors in the list."""
# fails: unlucky
# hint: The list holds tensors. .item() takes the number out of each.


def accuracy_by_split(right, split, seeds):
    return [right[split(len(right), seed)[1]].float().mean() for seed in seeds]
