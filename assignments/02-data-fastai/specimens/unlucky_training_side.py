"""Measures on the training part."""
# fails: unlucky
# hint: You measure on the first list, the training part. The validation part is the second one.


def accuracy_by_split(right, split, seeds):
    return [right[split(len(right), seed)[0]].float().mean().item() for seed in seeds]
