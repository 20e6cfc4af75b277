"""Divides by all examples."""
# fails: unlucky
# hint: You divide by all n examples. Only those that are held out were asked.


def accuracy_by_split(right, split, seeds):
    return [right[split(len(right), seed)[1]].sum().item() / len(right) for seed in seeds]
