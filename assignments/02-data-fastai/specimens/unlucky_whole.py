"""The accuracy on all examples."""
# fails: unlucky
# hint: Every split gives you the same number, that of all examples. Only right[valid] counts.


def accuracy_by_split(right, split, seeds):
    for seed in seeds:
        split(len(right), seed)
    return [right.float().mean().item() for seed in seeds]
