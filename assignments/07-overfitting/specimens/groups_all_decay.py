"""One group would have done."""
# fails: weight_decay
# hint: Both of your groups decay. The second one has 0.0.


def parameter_groups(model, weight_decay):
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": weight_decay},
    ]
