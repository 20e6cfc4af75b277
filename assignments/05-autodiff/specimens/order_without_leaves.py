"""Leaves are left out."""
# fails: topological_order, count_paths
# says: Nodes are missing
# hint: Your list has no leaves. They are nodes as well.


def topological_order(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen and node.parents:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
