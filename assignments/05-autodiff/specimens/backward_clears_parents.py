"""Takes the graph apart after use."""
# fails: backward
# hint: You take the graph apart. A second backward on it finds nothing, and parents and slopes should stay.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
    for node in order:
        node.parents, node.slopes = (), ()
