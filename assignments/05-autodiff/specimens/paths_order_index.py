"""Finds a parent's place by list.index."""
# fails: count_paths


def count_paths(root, leaf):
    order = topological_order(root)
    paths = [0] * len(order)
    paths[-1] = 1
    for place in range(len(order) - 1, -1, -1):
        for parent in order[place].parents:
            paths[order.index(parent)] += paths[place]
    return paths[order.index(leaf)] if leaf in order else 0
