"""The name without its accuracy."""
# fails: per_group


def worst_group(accuracies):
    return min(sorted(accuracies), key=accuracies.get)
