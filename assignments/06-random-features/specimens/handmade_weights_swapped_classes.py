"""Gives the positive scores to class 0."""
# fails: handmade
# says: classes are exchanged


def handmade_weights(task):
    table = {"xor": (2, 0.0), "circle": (3, -0.6), "ring": (4, -0.3)}
    if task not in table:
        raise ValueError(task)
    column, c = table[task]
    w = torch.zeros(5, dtype=torch.float64)
    w[column] = 1.0
    return w, c
