"""Blue in place of red."""

# fails: keep_red
# reason: wrong_answer
# hint: You keep channel 2, which is blue. Red is channel 0.


def keep_red(batch):
    out = torch.zeros_like(batch)
    out[:, 2] = batch[:, 2]
    return out
