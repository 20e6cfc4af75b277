"""An accuracy of 0 counts as none yet."""
# fails: per_group
# hint: `not lowest` is true for 0.0 as well as for None: a group that is always wrong is forgotten. Ask `is None`.


def worst_group(accuracies):
    worst, lowest = None, None
    for name in sorted(accuracies):
        if not lowest or accuracies[name] < lowest:
            worst, lowest = name, accuracies[name]
    return worst, lowest
