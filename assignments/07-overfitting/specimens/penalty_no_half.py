"""strength, not strength / 2."""
# fails: weight_decay
# says: twice
# hint: The penalty is strength / 2 times the sum, so that its gradient is strength * w.


def l2_penalty(model, strength):
    return strength * sum((p**2).sum() for p in model.parameters() if p.ndim >= 2)
