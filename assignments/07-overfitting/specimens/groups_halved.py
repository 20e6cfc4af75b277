"""Half of the decay, by analogy with the penalty."""
# fails: weight_decay
# hint: weight_decay goes to the optimizer as it is: the half belongs to the penalty.


def parameter_groups(model, weight_decay):
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay / 2},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
