"""Overwrites the sum."""
# fails: weight_decay
# hint: Only the last weight is in your penalty: add up.


def l2_penalty(model, strength):
    for p in model.parameters():
        if p.ndim >= 2:
            total = (p**2).sum()
    return strength / 2 * total
