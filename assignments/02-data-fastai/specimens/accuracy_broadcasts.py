"""No guard: (N,) against (N, 1) gives a number."""
# fails: metrics
# says: must raise ValueError
# hint: (N,) and (N, 1) are compared all with all, and nobody notices. Raise ValueError where the shapes differ.


def accuracy_of(y, guess):
    return (y == guess).float().mean().item()
