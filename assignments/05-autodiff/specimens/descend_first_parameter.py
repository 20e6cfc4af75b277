"""Only the first parameter moves."""
# fails: descend, xor
# hint: Only one of the parameters moves: the update belongs into a loop over all of them.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        parameter = parameters[0]
        parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
