"""The best group."""
# fails: per_group


def worst_group(accuracies):
    name = max(sorted(accuracies), key=accuracies.get)
    return name, accuracies[name]
