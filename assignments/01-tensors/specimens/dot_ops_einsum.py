"""The ready-made function in Einstein's notation."""

# fails: dot_ops
# reason: forbidden_api


def dot_ops(w, x):
    return torch.einsum("i,i->", w, x)
