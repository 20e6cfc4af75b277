"""The first piece becomes the gradient, and the others are added into that array."""
# fails: backward


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = None
    root.grad = 1.0 if root.parents else root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            if parent.grad is None:
                parent.grad = piece
            else:
                parent.grad += piece
