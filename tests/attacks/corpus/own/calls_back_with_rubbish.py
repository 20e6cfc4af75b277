# /// attack
# title = "calls the check's function with huge, hostile and wrong arguments, and keeps every result"
# [promise]
# test_twice = "failed"
# ///

# %%
import torch


def twice(f, x):
    kept = []
    for value in (None, "x", [], {}, object(), float("nan"), torch.ones(3, dtype=torch.int8), torch.zeros(0), f, type):
        try:
            kept.append(f(value))
        except Exception as error:
            kept.append(error)
    big = torch.ones(4_000_000, 3, requires_grad=True)
    for _ in range(100_000):
        kept.append(f(big))
    return kept[-1]
