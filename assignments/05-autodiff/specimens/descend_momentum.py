"""With momentum."""
# fails: descend


def descend(loss_of, parameters, rate, steps):
    losses, speed = [], [0.0] * len(parameters)
    for _ in range(steps):
        zero_grad(parameters)
        loss = loss_of()
        backward(loss)
        for number, parameter in enumerate(parameters):
            speed[number] = 0.9 * speed[number] + parameter.grad
            parameter.data = parameter.data - rate * speed[number]
        losses.append(float(loss.data))
    return losses
