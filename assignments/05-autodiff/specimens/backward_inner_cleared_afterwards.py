"""Inner gradients are thrown away after the pass."""
# fails: backward
# hint: You clear the inner nodes after the pass. Asked for is that they keep the derivative of this root.


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
        if node.parents:
            node.grad = 0.0
