"""Only the stride of the layer before."""
# fails: receptive_field
# hint: You use the stride of the layer below alone. All strides below multiply.


def receptive_field(layers):
    field, before = 1, 1
    for kernel, stride, _ in layers:
        field += (kernel - 1) * before
        before = stride
    return field
