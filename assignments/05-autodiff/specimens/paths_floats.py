"""Counts in floats."""
# fails: count_paths


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0.0)
    paths[root] = 1.0
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] += paths[node]
    return int(paths.get(leaf, 0))
