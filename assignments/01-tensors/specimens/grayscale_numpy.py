"""Sum over the channels in numpy."""

# fails: nothing


def grayscale(batch):
    grey = np.add.reduce(batch.numpy(), axis=1) / batch.shape[1]
    return torch.from_numpy(grey[:, None].astype(np.float32))
