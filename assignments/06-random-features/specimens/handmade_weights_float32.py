"""float32 weights."""
# fails: handmade
# hint: The weights are float32. Say dtype=torch.float64 in torch.tensor.


def handmade_weights(task):
    if task == "xor":
        return torch.tensor([0.0, 0.0, -1.0, 0.0, 0.0]), 0.0
    if task == "circle":
        return torch.tensor([0.0, 0.0, 0.0, -1.0, 0.0]), 0.6
    if task == "ring":
        return torch.tensor([0.0, 0.0, 0.0, 0.0, -1.0]), 0.3
    raise ValueError(task)
