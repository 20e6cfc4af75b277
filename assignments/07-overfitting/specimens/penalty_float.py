"""A Python float: nothing flows back."""
# fails: weight_decay
# hint: You return a Python number. The penalty has to stay a tensor, or no gradient flows to the weights.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum().item() for p in model.parameters() if p.ndim >= 2)
