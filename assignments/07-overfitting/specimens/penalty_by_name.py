"""Everything that is called weight: the gain of a layer norm is called so as well."""
# fails: weight_decay
# hint: The gain of a layer norm is called weight too. Go by the number of dimensions, not by the name.


def l2_penalty(model, strength):
    return strength / 2 * sum((p**2).sum() for name, p in model.named_parameters() if "weight" in name)
