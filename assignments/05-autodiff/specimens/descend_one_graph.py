"""Makes the graph once, before the loop."""
# fails: descend, xor
# hint: The graph is made once, so its slopes stay those of the first step. Call loss_of in each step.


def descend(loss_of, parameters, rate, steps):
    losses = []
    loss = loss_of()
    for _ in range(steps):
        zero_grad(parameters)
        backward(loss)
        for parameter in parameters:
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss.data))
    return losses
