"""zero_grad after each step: what was there before the first counts."""
# fails: descend
# hint: Zeroing after the step leaves to the first step what was in .grad when the parameters came. Zero first.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss = loss_of()
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        zero_grad(parameters)
        losses.append(float(loss.data))
    return losses
