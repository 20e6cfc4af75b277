"""numpy's float64."""

# fails: seeded_noise
# reason: wrong_type
# says: float32
# hint: The numbers are fine, but float64, numpy's default. The noise should be float32.


def seeded_noise(shape, seed):
    return torch.from_numpy(np.random.default_rng(seed).standard_normal(shape))
