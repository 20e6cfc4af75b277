"""Follows the first parent only."""
# fails: topological_order, count_paths, backward, xor
# says: Nodes are missing
# hint: You follow the first parent of each node only.


def topological_order(root):
    order = [root]
    while order[-1].parents:
        order.append(order[-1].parents[0])
    return order[::-1]
