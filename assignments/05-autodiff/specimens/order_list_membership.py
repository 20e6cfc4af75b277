"""Looks in a list for what was seen."""
# fails: topological_order, count_paths


def topological_order(root):
    order, opened, stack = [], [], [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in opened:
            opened.append(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
