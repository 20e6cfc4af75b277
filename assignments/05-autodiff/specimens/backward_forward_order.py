"""From the leaves to the root."""
# fails: backward, xor


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in order:
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
