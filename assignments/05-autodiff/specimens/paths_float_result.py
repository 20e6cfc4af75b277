"""Returns a float."""
# fails: count_paths
# says: Python int


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0.0)
    paths[root] = 1.0
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths.get(leaf, 0.0)
