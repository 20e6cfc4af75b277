"""Two swaps of neighbouring axes."""

# fails: nothing


def to_batch(imgs_uint8):
    return imgs_uint8.to(torch.float32).div(255).transpose(2, 3).transpose(1, 2).contiguous()
