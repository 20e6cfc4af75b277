"""A parent that is listed twice counts once."""
# fails: count_paths
# hint: In x + x there are two arrows to x. With set(node.parents) you count one.


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in reversed(order):
        for parent in set(node.parents):
            paths[parent] += paths[node]
    return paths.get(leaf, 0)
