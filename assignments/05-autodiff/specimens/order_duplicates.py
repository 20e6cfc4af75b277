"""A node that was pushed twice is listed twice."""
# fails: topological_order, count_paths, backward
# hint: A node that waits on the stack can be put there again by another child, and is then listed twice. Mark it
#     when it is opened.


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
