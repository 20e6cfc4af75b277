"""Range from 0 to steps, both included."""
# fails: descend


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps + 1):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
