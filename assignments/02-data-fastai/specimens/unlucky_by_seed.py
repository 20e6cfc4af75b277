"""A dict by seed: one that comes twice is left out."""
# fails: unlucky
# hint: You collect the accuracies by seed, and a seed that comes twice has one entry. The result has one for each of
#     seeds.


def accuracy_by_split(right, split, seeds):
    found = {}
    for seed in seeds:
        _, valid = split(len(right), seed)
        found[seed] = right[valid].float().mean().item()
    return list(found.values())
