"""Breadth first, reversed: right for trees."""
# fails: topological_order, count_paths, backward
# says: before one of its parents
# hint: Breadth first sorts by the shortest way to the root. With a short and a long way to the same node, it
#     comes too early in the reversed list.


def topological_order(root):
    order, seen, waiting = [], {root}, [root]
    while waiting:
        node = waiting.pop(0)
        order.append(node)
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return order[::-1]
