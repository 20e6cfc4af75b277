"""Adds up over the parents, recursively."""
# fails: count_paths
# says: Is every path walked


def count_paths(root, leaf):
    if root is leaf:
        return 1
    return sum(count_paths(parent, leaf) for parent in root.parents)
