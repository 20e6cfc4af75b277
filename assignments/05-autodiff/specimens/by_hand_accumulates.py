"""Calls backward twice on the same tensors."""
# fails: by_hand
# hint: Each derivative is twice too large: backward ran twice, and leaves accumulate.


def torch_gradient(f, *numbers):
    inputs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    f(*inputs).backward()
    f(*inputs).backward()
    return [x.grad.item() for x in inputs]
