"""Goes through the modules: a layer used twice is listed twice."""
# fails: weight_decay
# hint: A layer that is used twice has its parameters once: model.parameters() knows that.


def parameter_groups(model, weight_decay):
    trained = [p for _, p in model.named_parameters(remove_duplicate=False) if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
