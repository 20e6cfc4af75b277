"""Inner gradients are never reset."""
# fails: backward
# hint: A second backward finds the inner nodes' gradients of the first, and sends them down again. Set those with
#     parents to 0.0 first.


def backward(root):
    order = topological_order(root)
    root.grad = 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
