"""Biases are in no group: they never learn."""
# fails: weight_decay
# hint: Your second group is empty, so that biases never learn. They belong there, without decay.


def parameter_groups(model, weight_decay):
    weights = [p for p in model.parameters() if p.ndim >= 2 and p.requires_grad]
    return [{"params": weights, "weight_decay": weight_decay}, {"params": [], "weight_decay": 0.0}]
