"""random.seed, Python's own shared generator."""

# fails: seeded_noise
# reason: wrong_answer
# says: Python's shared generator
# hint: random.seed resets Python's own shared generator. Make one of your own, torch.Generator(), and seed that one.

import math
import random


def seeded_noise(shape, seed):
    random.seed(seed)
    return torch.tensor([random.gauss(0, 1) for _ in range(math.prod(shape))]).reshape(shape)
