# /// attack
# title = "changes its input through .data, numpy and storage, where versions are not counted, and restores it"
# threat = 41
# [promise]
# test_pure = "any"
# ///

# %%
def invert(x):
    kept = x.clone()
    x.data.zero_()
    x.numpy()[...] = 7
    x.untyped_storage().fill_(0)
    x.data.copy_(kept)
    return 1 - kept
