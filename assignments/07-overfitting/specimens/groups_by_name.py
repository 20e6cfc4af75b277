"""Everything but "bias": the gain of a layer norm decays."""
# fails: weight_decay
# hint: The gain of a layer norm decays in your groups. Go by the number of dimensions, not by the name.


def parameter_groups(model, weight_decay):
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    return [
        {"params": [p for name, p in named if "bias" not in name], "weight_decay": weight_decay},
        {"params": [p for name, p in named if "bias" in name], "weight_decay": 0.0},
    ]
