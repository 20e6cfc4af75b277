"""The same with a stack: every path is walked."""
# fails: backward
# says: Ask each node once


def backward(root):
    for node in topological_order(root):
        if node.parents:
            node.grad = 0.0
    waiting = [(root, 1.0)]
    while waiting:
        node, gradient = waiting.pop()
        node.grad = node.grad + gradient
        waiting.extend(zip(node.parents, node.pull(gradient), strict=True))
