"""A node has no path to itself."""
# fails: count_paths
# says: of length 0
# hint: From a node to itself leads one path, of length 0.


def count_paths(root, leaf):
    if root is leaf:
        return 0
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in reversed(order):
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths.get(leaf, 0)
