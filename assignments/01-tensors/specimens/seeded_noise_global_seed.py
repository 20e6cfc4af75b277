"""torch.manual_seed: the same numbers, and everybody else's generator is reset."""

# fails: seeded_noise
# reason: wrong_answer
# says: shared generator
# hint: torch.manual_seed resets the generator that the whole program shares. Make a generator of your own and seed
#     that one.


def seeded_noise(shape, seed):
    torch.manual_seed(seed)
    return torch.randn(shape)
