"""isinstance(module, nn.Linear)."""
# fails: weight_decay
# hint: You pick layers by their kind. A recurrent layer has matrices too, under other names: go by ndim.

from torch import nn


def parameter_groups(model, weight_decay):
    decay = [
        m.weight for m in model.modules() if isinstance(m, (nn.Linear, nn.Conv1d, nn.Conv2d)) and m.weight.requires_grad
    ]
    ids = {id(p) for p in decay}
    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    return [{"params": decay, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]
