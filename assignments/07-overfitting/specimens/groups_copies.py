"""Copies of the parameters: the optimizer moves these, and not the model."""
# fails: weight_decay
# says: own parameters
# hint: Your groups hold copies. The optimizer then moves the copies, and the model never learns.

from torch import nn


def parameter_groups(model, weight_decay):
    trained = [nn.Parameter(p.detach().clone()) for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
