"""float() around the new data: no arrays."""
# fails: descend


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = float(parameter.data) - rate * float(parameter.grad)
        losses.append(float(loss.data))
    return losses
