"""The root's value as its gradient."""
# fails: backward, descend
# says: root's own gradient is 1
# hint: The root's gradient is its derivative with respect to itself: 1, whatever its value is.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + root.data
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
