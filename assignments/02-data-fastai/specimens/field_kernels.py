"""kernel for kernel - 1."""
# fails: receptive_field
# hint: Each layer adds kernel - 1 jumps: one of its pixels was there before.


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, _ in layers:
        field += kernel * jump
        jump *= stride
    return field
