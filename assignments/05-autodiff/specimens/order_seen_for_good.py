"""The set of seen nodes outlives the call."""
# fails: topological_order, count_paths, backward
# hint: `seen=set()` in the first line is made once, for all calls: what one call has seen is missing in the next.
#     Make the set inside.


def topological_order(root, seen=set()):  # noqa: B006
    order, stack = [], [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
