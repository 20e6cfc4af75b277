"""Marks nodes when they are put on the stack."""
# fails: topological_order, count_paths, backward
# says: before one of its parents
# hint: You mark a node as seen when it is put on the stack. Then another child, opened earlier, does not wait for
#     it. Mark it when it is taken off and opened.


def topological_order(root):
    order, seen, stack = [], {root}, [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
            continue
        stack.append((node, True))
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                stack.append((parent, False))
    return order
