"""Padding on one side."""
# fails: receptive_field
# hint: Padding is on both sides: 2 * padding.


def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + padding - kernel) // stride + 1
    return size
