"""Adds up over the parents, recursively."""
# fails: count_paths
# says: Is every path walked
# hint: This walks along every path: exactly what is hopeless at 2^60. Go through the nodes, and keep one number
#     for each.


def count_paths(root, leaf):
    if root is leaf:
        return 1
    return sum(count_paths(parent, leaf) for parent in root.parents)
