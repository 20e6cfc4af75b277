"""Ignores the split that was passed."""
# fails: unlucky
# hint: You use your random_split with 0.2 in place of the split that was handed in: call split(n, seed).


def accuracy_by_split(right, split, seeds):
    return [right[random_split(len(right), 0.2, seed)[1]].float().mean().item() for seed in seeds]
