"""Leaves layers with a kernel of 1 out, with their stride."""
# fails: receptive_field
# hint: A layer with a kernel of 1 widens nothing itself, but its stride widens what comes after it.


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, _ in layers:
        if kernel == 1:
            continue
        field += (kernel - 1) * jump
        jump *= stride
    return field
