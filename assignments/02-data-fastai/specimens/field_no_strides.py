"""Strides do not count."""
# fails: receptive_field
# hint: You leave the strides out: after a stride of 2 neighbouring units are two pixels apart.


def receptive_field(layers):
    return 1 + sum(kernel - 1 for kernel, _, _ in layers)
