"""-= on the data."""
# fails: descend
# hint: `-=` changes the array in place, and somebody else may hold it. Assign p.data = p.data - rate * p.grad.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        for p in parameters:
            p.grad = 0.0
        root = loss_of()
        backward(root)
        losses.append(float(root.data))
        for p in parameters:
            p.data -= p.grad * rate
    return losses
