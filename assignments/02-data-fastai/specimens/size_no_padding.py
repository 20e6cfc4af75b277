"""Forgets the padding."""
# fails: receptive_field
# hint: The padding is left out.


def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size - kernel) // stride + 1
    return size
