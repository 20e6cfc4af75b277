"""Decays by name among those of two dimensions."""
# fails: weight_decay
# hint: You also look at the names. The bias of a layer norm over two dimensions is a matrix, and decays:
#     ndim alone decides.


def parameter_groups(model, weight_decay):
    decay, rest = [], []
    for name, p in model.named_parameters():
        if p.requires_grad:
            (rest if p.ndim < 2 or "bias" in name else decay).append(p)
    return [{"params": decay, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]
