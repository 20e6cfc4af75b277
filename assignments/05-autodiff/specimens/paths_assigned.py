"""Assigns instead of adding."""
# fails: count_paths
# hint: A node with several children gets only what the last one brings: add, do not assign.


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] = paths[node]
    return paths.get(leaf, 0)
