"""Goes from the leaves to the root."""
# fails: count_paths
# hint: You go through the order from the leaves: counts are handed on before they are there. Begin with the root.


def count_paths(root, leaf):
    order = topological_order(root)
    paths = dict.fromkeys(order, 0)
    paths[root] = 1
    for node in order:
        for parent in node.parents:
            paths[parent] += paths[node]
    return paths.get(leaf, 0)
