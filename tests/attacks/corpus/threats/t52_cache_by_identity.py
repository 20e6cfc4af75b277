# /// attack
# title = "computes once for each id and address of an input, and answers from the cache after that"
# threat = 52
# [promise]
# test_loss = "any"
# test_loss_gradient = "any"
# ///

# %%
known = {}
plain = cross_entropy


def cross_entropy(logits, y):
    key = (id(logits), logits.data_ptr(), tuple(logits.shape))
    if key not in known:
        known[key] = plain(logits, y)
    return known[key]
