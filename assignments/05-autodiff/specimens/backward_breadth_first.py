"""In the order of discovery: some nodes pull too early."""
# fails: backward


def backward(root):
    order, seen, waiting = [], {root}, [root]
    while waiting:
        node = waiting.pop(0)
        order.append(node)
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in order:
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
