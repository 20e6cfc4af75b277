"""Sets all gradients to zero first, those of the leaves too."""
# fails: backward
# hint: You set the leaves' gradients to zero, too. They accumulate over several calls; zero_grad is for that.


def backward(root):
    order = topological_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
