"""= instead of +=."""
# fails: backward, xor
# hint: A parent with several children keeps only what the last one brings. Add: parent.grad = parent.grad +
#     piece.


def backward(root):
    order = topological_order(root)
    root.grad = 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = piece
