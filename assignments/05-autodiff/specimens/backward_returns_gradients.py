"""Returns a dictionary and leaves .grad alone."""
# fails: backward, descend, xor
# says: it fills .grad
# hint: Your gradients are right, and nobody finds them: write them into .grad, and return nothing.


def backward(root):
    order = topological_order(root)
    gradients = dict.fromkeys(order, 0.0)
    gradients[root] = 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(gradients[node]), strict=True):
            gradients[parent] = gradients[parent] + piece
    return gradients
