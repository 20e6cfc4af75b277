"""The roots themselves on the list."""
# fails: descend, xor
# says: Python floats


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(loss)
    return losses
