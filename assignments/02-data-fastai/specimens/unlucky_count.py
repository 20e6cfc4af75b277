"""Counts for fractions."""
# fails: unlucky
# hint: You return how many are right. An accuracy is the fraction: divide by the size of the validation part.


def accuracy_by_split(right, split, seeds):
    return [float(right[split(len(right), seed)[1]].sum()) for seed in seeds]
