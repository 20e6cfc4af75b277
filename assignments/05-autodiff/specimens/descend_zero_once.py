"""zero_grad once, before the loop."""
# fails: descend
# hint: zero_grad belongs into the loop: leaves accumulate from step to step.


def descend(loss_of, parameters, rate, steps):
    losses = []
    zero_grad(parameters)
    for _ in range(steps):
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
