"""Moves every leaf of the graph."""
# fails: descend
# hint: You move every leaf of the graph. Only the parameters that were handed in may move.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss = loss_of()
        leaves = [node for node in topological_order(loss) if not node.parents]
        zero_grad(leaves)
        backward(loss)
        for leaf in leaves:
            leaf.data = leaf.data - rate * leaf.grad
        losses.append(float(loss.data))
    return losses
