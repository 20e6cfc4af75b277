"""The root is left out."""
# fails: topological_order, count_paths, backward, descend, xor
# says: Nodes are missing
# hint: The root itself belongs into the list, as its last node.


def topological_order(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order[:-1]
