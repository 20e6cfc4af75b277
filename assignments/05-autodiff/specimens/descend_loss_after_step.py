"""Calls loss_of again for the report."""
# fails: descend
# hint: You call loss_of a second time, after the step. Report the loss that the step started from.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        backward(loss_of())
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss_of().data))
    return losses
