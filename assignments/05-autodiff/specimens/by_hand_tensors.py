"""Returns tensors instead of floats."""
# fails: by_hand
# says: takes the number out
# hint: These are tensors. `.grad.item()` takes the number out of each.


def torch_gradient(f, *numbers):
    inputs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    f(*inputs).backward()
    return [x.grad for x in inputs]
