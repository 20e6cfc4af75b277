"""A lambda over a partial function."""

# fails: nothing

from functools import partial

total = partial(torch.sum, dim=-1)
dot_ops = lambda first, second: total(input=first.mul(second))  # noqa: E731
