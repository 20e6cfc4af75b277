"""Leaves in a dict by their number: equal numbers share one."""
# fails: by_hand
# hint: Equal numbers share one leaf here, and its gradient is the sum for both. Make a tensor for each place.


def torch_gradient(f, *numbers):
    leaves = {number: torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers}
    f(*(leaves[number] for number in numbers)).backward()
    return [leaves[number].grad.item() for number in numbers]
