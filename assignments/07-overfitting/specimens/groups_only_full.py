"""Leaves out a group without parameters."""
# fails: weight_decay
# hint: You leave a group out when it is empty. Whoever takes the second group for the biases then finds
#     something else there, or nothing.


def parameter_groups(model, weight_decay):
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]
