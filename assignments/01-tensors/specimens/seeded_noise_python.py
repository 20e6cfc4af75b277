"""Python's own generator, an object, number by number."""

# fails: nothing

import math
from random import Random


def seeded_noise(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    source = Random(seed)
    numbers = [source.gauss(mu=0.0, sigma=1.0) for _ in range(math.prod(shape))]
    return torch.tensor(numbers, dtype=torch.float32).reshape(shape)
