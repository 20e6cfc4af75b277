"""The first name of the alphabet."""
# fails: per_group


def worst_group(accuracies):
    return min(accuracies.items())
