"""A fresh loss for each parameter: coordinate descent."""
# fails: descend
# hint: You call loss_of for each parameter. One backward has the gradients of all of them.


def descend(loss_of, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        for number, parameter in enumerate(parameters):
            zero_grad(parameters)
            loss = loss_of()
            backward(loss)
            if number == 0:
                losses.append(float(loss.data))
            parameter.data = parameter.data - rate * parameter.grad
    return losses
