"""float() around every piece: no arrays."""
# fails: backward, descend
# hint: float(piece) fails for arrays. `parent.grad + piece` is right for both.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + float(piece)
