"""Counts the nodes in place of the paths."""
# fails: count_paths


def count_paths(root, leaf):
    order = topological_order(root)
    return len(order) - 1 if leaf in order else 0
