"""A node pulls as often as it has children."""
# fails: backward, descend, xor


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for index, parent in enumerate(node.parents):
            parent.grad = parent.grad + node.pull(node.grad)[index] * len(node.parents)
