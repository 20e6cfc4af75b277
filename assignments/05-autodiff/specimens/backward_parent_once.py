"""A parent that is listed twice gets one piece."""
# fails: backward
# hint: In a + a the parent a is there twice and gets two pieces. A dictionary keeps one of them.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        pieces = dict(zip(node.parents, node.pull(node.grad), strict=True))
        for parent, piece in pieces.items():
            parent.grad = parent.grad + piece
