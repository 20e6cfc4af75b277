"""Keeps its leaves from call to call, with their gradients."""
# fails: by_hand

LEAVES = {}


def torch_gradient(f, *numbers):
    inputs = LEAVES.setdefault(
        len(numbers), [torch.tensor(0.0, dtype=torch.float64, requires_grad=True) for _ in numbers]
    )
    for leaf, number in zip(inputs, numbers, strict=True):
        leaf.data.fill_(number)
    f(*inputs).backward()
    return [x.grad.item() for x in inputs]
