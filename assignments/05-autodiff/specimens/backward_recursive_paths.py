"""Sends every piece down at once: right, and exponential."""
# fails: backward
# says: Ask each node once
# hint: Each piece is sent down at once, along every path by itself. Wait until a node's gradient is complete,
#     then let it pull once.


def backward(root):
    def send(node, gradient):
        node.grad = node.grad + gradient
        for parent, piece in zip(node.parents, node.pull(gradient), strict=True):
            send(parent, piece)

    for node in topological_order(root):
        if node.parents:
            node.grad = 0.0
    send(root, 1.0)
