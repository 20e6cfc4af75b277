"""Only what is called .weight: embeddings and recurrent layers have other names."""
# fails: weight_decay
# hint: You look for an attribute called weight. Recurrent layers call theirs weight_ih_l0: go through
#     model.parameters().


def l2_penalty(model, strength):
    total = 0.0
    for module in model.modules():
        if hasattr(module, "weight") and module.weight is not None and module.weight.ndim >= 2:
            total = total + (module.weight**2).sum()
    return strength / 2 * total
