"""Multiplication with (1, 0, 0)."""

# fails: nothing


def keep_red(batch):
    mask = torch.tensor([1.0, 0.0, 0.0]).view(1, 3, 1, 1)
    return batch * mask
