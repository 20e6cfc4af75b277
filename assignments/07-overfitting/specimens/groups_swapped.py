"""The groups are the wrong way round."""
# fails: weight_decay
# hint: Your groups are the wrong way round: parameters of two or more dimensions decay, and come first.


def parameter_groups(model, weight_decay):
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": 0.0},
    ]
