"""np.random.seed: the same mistake in numpy."""

# fails: seeded_noise
# reason: wrong_answer
# says: numpy's shared generator
# hint: np.random.seed resets the generator that the whole program shares. Make a generator of your own and seed that
#     one.


def seeded_noise(shape, seed):
    np.random.seed(seed)
    return torch.tensor(np.random.randn(*shape), dtype=torch.float32)
