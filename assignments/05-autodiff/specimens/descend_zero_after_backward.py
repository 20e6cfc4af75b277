"""zero_grad between backward and step."""
# fails: descend, xor


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss = loss_of()
        backward(loss)
        zero_grad(parameters)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
