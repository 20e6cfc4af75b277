"""A root that is a leaf forgets what it had."""
# fails: backward
# says: A root without parents
# hint: root.grad = 1.0 forgets what a root that is a leaf had before. Add 1.0.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
