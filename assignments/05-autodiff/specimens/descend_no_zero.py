"""No zero_grad."""
# fails: descend
# hint: Gradients are never set to zero: every step follows the sum of all gradients so far.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
