"""The first name of the alphabet."""
# fails: per_group
# hint: min() of pairs compares the names first. key= says what to compare.


def worst_group(accuracies):
    return min(accuracies.items())
