"""Blue in place of red."""

# fails: keep_red
# reason: wrong_answer


def keep_red(batch):
    out = torch.zeros_like(batch)
    out[:, 2] = batch[:, 2]
    return out
