"""An unknown task raises KeyError."""
# fails: handmade


def handmade_weights(task):
    table = {"xor": ([0, 0, -1, 0, 0], 0.0), "circle": ([0, 0, 0, -1, 0], 0.6), "ring": ([0, 0, 0, 0, -1], 0.3)}
    w, c = table[task]
    return torch.tensor(w, dtype=torch.float64), c
