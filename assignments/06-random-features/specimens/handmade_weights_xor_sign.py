"""xor's weight has the other sign."""
# fails: handmade


def handmade_weights(task):
    if task == "xor":
        return torch.tensor([0, 0, 1, 0, 0], dtype=torch.float64), 0.0
    if task == "circle":
        return torch.tensor([0, 0, 0, -1, 0], dtype=torch.float64), 0.6
    if task == "ring":
        return torch.tensor([0, 0, 0, 0, -1], dtype=torch.float64), 0.3
    raise ValueError("no such task")
