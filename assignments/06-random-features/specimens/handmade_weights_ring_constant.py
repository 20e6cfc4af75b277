"""Uses 0.6 as the ring's constant."""
# fails: handmade
# hint: The ring's constant is 0.6. That number is inside the feature already; the ring ends where the feature
#     is 0.3.


def handmade_weights(task):
    if task == "xor":
        return torch.tensor([0, 0, -1, 0, 0], dtype=torch.float64), 0.0
    if task in ("circle", "ring"):
        return torch.tensor([0, 0, 0, -1, 0] if task == "circle" else [0, 0, 0, 0, -1], dtype=torch.float64), 0.6
    raise ValueError("no such task")
