"""Of equals the first of the dict."""
# fails: per_group
# hint: Of equally bad groups you name the one that comes first in the dict. The first of the alphabet is asked
#     for: sort the names first.


def worst_group(accuracies):
    return min(accuracies.items(), key=lambda pair: pair[1])
