"""Depth first, in the order of discovery, reversed."""
# fails: topological_order, count_paths, backward
# says: before one of its parents
# hint: The reversed order of discovery is not enough: a node that was found on a short way stands before a child
#     found later. Append it when its parents are done.


def topological_order(root):
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            order.append(node)
            stack.extend(node.parents)
    return order[::-1]
