"""The root's gradient is not set to 1."""
# fails: backward, descend, xor
# hint: Nobody sets the root's gradient to 1, so zeros flow.


def backward(root):
    order = topological_order(root)
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece
