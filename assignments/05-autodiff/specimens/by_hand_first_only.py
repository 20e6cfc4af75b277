"""The gradient of the first number, for all."""
# fails: by_hand


def torch_gradient(f, *numbers):
    inputs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    f(*inputs).backward()
    return [inputs[0].grad.item() for x in inputs]
