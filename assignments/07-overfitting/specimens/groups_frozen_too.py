"""Frozen parameters are in the groups."""
# fails: weight_decay
# says: neither group
# hint: Parameters that do not require a gradient are in your groups.


def parameter_groups(model, weight_decay):
    trained = list(model.parameters())
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
