"""Right: marks nodes when they are closed. What was pushed twice is closed the second time it comes."""
# fails: nothing


def topological_order(root):
    order, closed, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            closed.add(node)
            order.append(node)
        elif node not in closed:
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
