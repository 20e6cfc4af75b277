"""Tensors of torch's default dtype."""
# fails: by_hand


def torch_gradient(f, *numbers):
    inputs = [torch.tensor(float(number), requires_grad=True) for number in numbers]
    f(*inputs).backward()
    return [x.grad.item() for x in inputs]
