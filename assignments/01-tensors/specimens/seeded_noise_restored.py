"""Seeds numpy's and Python's shared generators, draws from them, and puts them back, also if something goes wrong."""

# fails: nothing

import random


def seeded_noise(shape, seed):
    numpys, pythons = np.random.get_state(), random.getstate()
    try:
        random.seed(seed)
        np.random.seed(random.getrandbits(32))
        return torch.from_numpy(np.random.standard_normal(shape).astype(np.float32))
    finally:
        np.random.set_state(numpys)
        random.setstate(pythons)
