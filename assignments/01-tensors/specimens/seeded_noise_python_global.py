"""random.seed, Python's own shared generator."""

# fails: seeded_noise
# reason: wrong_answer
# says: Python's shared generator

import math
import random


def seeded_noise(shape, seed):
    random.seed(seed)
    return torch.tensor([random.gauss(0, 1) for _ in range(math.prod(shape))]).reshape(shape)
