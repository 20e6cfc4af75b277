"""An unknown task gets zeros."""
# fails: handmade
# hint: An unknown task gets zeros, and nobody will ever notice. Raise a ValueError.


def handmade_weights(task):
    table = {"xor": ([0, 0, -1, 0, 0], 0.0), "circle": ([0, 0, 0, -1, 0], 0.6), "ring": ([0, 0, 0, 0, -1], 0.3)}
    w, c = table.get(task, ([0, 0, 0, 0, 0], 0.0))
    return torch.tensor(w, dtype=torch.float64), c
