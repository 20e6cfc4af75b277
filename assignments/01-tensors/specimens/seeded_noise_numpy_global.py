"""np.random.seed: the same mistake in numpy."""

# fails: seeded_noise
# reason: wrong_answer
# says: numpy's shared generator


def seeded_noise(shape, seed):
    np.random.seed(seed)
    return torch.tensor(np.random.randn(*shape), dtype=torch.float32)
