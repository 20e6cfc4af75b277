"""A 3 x 3 matrix that mixes the channels."""

# fails: nothing


def keep_red(batch):
    mixing = torch.zeros(3, 3)
    mixing[0, 0] = 1
    return torch.einsum("bchw,dc->bdhw", batch, mixing)
