"""Uses slopes, which Tensors do not have."""
# fails: backward, descend
# hint: You read `slopes`, which Tensors do not have. `pull` is what all nodes have in common.


def backward(root):
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad = parent.grad + slope * node.grad
