"""numpy, whose default is the biased one."""

# fails: nothing


def channel_stats(batch):
    array = batch.numpy()
    return torch.from_numpy(array.mean(axis=(0, 2, 3))), torch.from_numpy(array.std(axis=(0, 2, 3)))
