"""Divides by the number of children."""
# fails: backward, xor
# hint: What comes from several children is added up, not averaged.


def backward(root):
    order = topological_order(root)
    children = dict.fromkeys(order, 0)
    for node in order:
        if node.parents:
            node.grad = 0.0
        for parent in node.parents:
            children[parent] += 1
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad), strict=True):
            parent.grad = parent.grad + piece / children[parent]
