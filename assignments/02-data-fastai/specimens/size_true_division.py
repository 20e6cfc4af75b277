"""Rounds once at the end: the same, since all else are whole numbers."""
# fails: nothing


def output_size(size, layers):
    for kernel, stride, padding in layers:
        size = (size + 2 * padding - kernel) / stride + 1
    return int(size)
