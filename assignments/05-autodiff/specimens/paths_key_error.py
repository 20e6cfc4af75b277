"""No answer for a leaf that plays no part."""
# fails: count_paths


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths[leaf]
