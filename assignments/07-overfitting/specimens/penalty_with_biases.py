"""Every parameter."""
# fails: weight_decay
# says: Biases and gains
# hint: Biases and gains are in your penalty. Only parameters of two or more dimensions belong there.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum() for p in model.parameters())
