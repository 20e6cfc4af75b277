"""Two or more dimensions and called weight."""
# fails: weight_decay
# hint: You also look at the names. The bias of a layer norm over two dimensions is a matrix, and counts:
#     ndim alone decides.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum() for name, p in model.named_parameters() if p.ndim >= 2 and "weight" in name)
