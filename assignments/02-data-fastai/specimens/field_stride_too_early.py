"""The layer's own stride widens its own kernel."""
# fails: receptive_field
# hint: You multiply by the layer's own stride before you add. Only the strides of the layers below count: add
#     first, then multiply the jump.


def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, _ in layers:
        jump *= stride
        field += (kernel - 1) * jump
    return field
