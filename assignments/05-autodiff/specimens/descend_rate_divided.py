"""Averages over the number of parameters."""
# fails: descend, xor


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad / len(parameters)
        losses.append(float(loss.data))
    return losses
