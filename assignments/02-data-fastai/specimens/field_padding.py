"""Adds the padding."""
# fails: receptive_field
# hint: Padding does not widen what a unit sees.


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, padding in layers:
        field += (kernel - 1 + padding - 1) * jump if padding > 1 else (kernel - 1) * jump
        jump *= stride
    return field
