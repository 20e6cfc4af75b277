"""Stops when the loss no longer falls."""
# fails: descend
# hint: You stop where the loss no longer changes. As many steps are asked for as `steps` says.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        losses.append(float(loss.data))
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-12:
            break
    return losses
