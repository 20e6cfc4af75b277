"""Returns the last loss only."""
# fails: descend, xor
# says: the list of the losses
# hint: Return the list of all losses, not the last one.


def descend(loss_of, parameters, rate, steps):
    loss = None
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
    return float(loss.data) if loss else 0.0
