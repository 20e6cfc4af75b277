"""Goes from the leaves to the root."""
# fails: count_paths


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in order:
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths.get(leaf, 0)
