"""Uphill."""
# fails: descend, xor
# hint: You go uphill: the gradient is subtracted.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data + rate * parameter.grad
        losses.append(float(loss.data))
    return losses
