"""Seeds torch and puts numpy's state back: the wrong one."""

# fails: seeded_noise


def seeded_noise(shape, seed):
    state = np.random.get_state()
    torch.manual_seed(seed)
    noise = torch.randn(shape)
    np.random.set_state(state)
    return noise
